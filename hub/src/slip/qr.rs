//! The QR code of a ticket: its page's address and nothing else.
//!
//! Level M (ISO/IEC 18004: 15 % may be damaged), a quiet zone of two modules plus the margin around it.

use std::fmt::Write as _;

use fast_qr::QRBuilder;
use fast_qr::qr::QRCode;

/// Modules of white on each side.
pub const QUIET_MODULES: usize = 2;
/// Most characters of an address; a denser code could not be read from a slip.
const ADDRESS_CHARS_MAX: usize = 500;

/// The dark and light modules of an address.
pub struct Code {
    code: QRCode,
}

impl Code {
    /// The code of `address`. None: it is too long to be read from paper.
    pub fn of(address: &str) -> Option<Self> {
        if address.chars().count() > ADDRESS_CHARS_MAX {
            return None;
        }
        let code = QRBuilder::new(address).ecl(fast_qr::ECL::M).build().ok()?;
        Some(Self { code })
    }

    /// Modules of a side, with the quiet zone.
    pub fn side(&self) -> usize {
        self.code.size + 2 * QUIET_MODULES
    }

    /// Runs of dark modules as an SVG path in modules, the quiet zone included.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.code.size {
            let mut x = 0;
            while x < self.code.size {
                let run = (x..self.code.size).take_while(|at| self.code[y][*at].value()).count();
                if run > 0 {
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET_MODULES, y + QUIET_MODULES);
                }
                x += run.max(1);
            }
        }
        path
    }

    /// The code alone as an image of any size.
    pub fn svg(&self) -> String {
        let side = self.side();
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{}"/></svg>"##,
            self.path()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_squares_with_white_around() {
        let code = Code::of("https://hall.example/t/GQrrZBB0SJyj6gRbIbSqCA").expect("a code");
        assert_eq!(code.side(), 33 + 4, "version 4 at level M");
        assert!(code.path().starts_with("M2 2h7v1h-7z"), "the first finder begins after the quiet zone");
    }

    #[test]
    fn an_address_too_long_for_paper_has_no_code() {
        assert!(Code::of(&"x".repeat(501)).is_none());
    }
}
