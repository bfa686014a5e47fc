//! The visitor of an `issue`: a known id, or a person with phone, name, identity. Checked and brought into one
//! form here, so that the same person is found again however the number was typed.

use hall::VisitorId;
use serde::Deserialize;

use crate::error::Error;
use crate::halls::NewVisitor;
use crate::halls::visitor::{Identity, Person};

/// Digits of a phone number, at least and at most (E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;
/// Longest value of an identity, characters.
const IDENTITY_CHARS_MAX: usize = 40;
/// Weights and check characters of a resident's identity number (GB 11643-1999).
const ID_CARD_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CARD_CHECKS: &[u8; 11] = b"10X98765432";

/// `{id}` or `{phone?, name?, identity?}`.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitorBody {
    /// Somebody who is known.
    id: Option<String>,
    /// As dialled, or E.164.
    phone: Option<String>,
    /// Name.
    name: Option<String>,
    /// One document.
    identity: Option<IdentityBody>,
}

/// A document and its number.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentityBody {
    /// Which document.
    kind: IdentityKind,
    /// Its number.
    value: String,
}

/// Documents by which a person can be known.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum IdentityKind {
    /// Resident's identity card.
    IdCard,
    /// Passport.
    Passport,
    /// Citizen's or social security card.
    CitizenCard,
    /// Unified code of an organisation.
    OrganisationCode,
    /// Number of a student.
    StudentNo,
    /// Number of a member of staff.
    StaffNo,
    /// Number of a patient.
    PatientNo,
    /// Anything else.
    Other,
}

impl IdentityKind {
    fn word(self) -> &'static str {
        match self {
            Self::IdCard => "id_card",
            Self::Passport => "passport",
            Self::CitizenCard => "citizen_card",
            Self::OrganisationCode => "organisation_code",
            Self::StudentNo => "student_no",
            Self::StaffNo => "staff_no",
            Self::PatientNo => "patient_no",
            Self::Other => "other",
        }
    }
}

/// Checks a visitor and brings them into one form. No value is repeated in an error.
pub fn check(body: VisitorBody) -> Result<NewVisitor, Error> {
    let VisitorBody {
        id,
        phone,
        name,
        identity,
    } = body;
    if let Some(id) = id {
        if phone.is_some() || name.is_some() || identity.is_some() {
            return Err(Error::bad("visitor", "give either an id, or phone, name and identity"));
        }
        return Ok(NewVisitor::Known(VisitorId::from(id)));
    }
    let name = name.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let phone = phone
        .map(|it| one_phone(&it).ok_or_else(|| Error::bad("visitor.phone", "is not a phone number")))
        .transpose()?;
    let identity = identity.map(one_identity).transpose()?;
    let person = Person { phone, name, identity };
    if person == Person::default() {
        return Err(Error::bad("visitor", "is empty: give an id, phone, name or identity"));
    }
    Ok(NewVisitor::Person(person))
}

/// One form of a number: `+86…` for mainland mobiles and numbers with area code, `+…` for what was dialled
/// internationally, else the digits.
fn one_phone(dialled: &str) -> Option<String> {
    let mut digits = String::new();
    for (at, it) in dialled.trim().chars().enumerate() {
        match it {
            '0'..='9' => digits.push(it),
            '+' if at == 0 => digits.push_str("00"),
            ' ' | '-' | '(' | ')' | '.' => {}
            _ => return None,
        }
    }
    let is_mobile = digits.len() == 11 && digits.starts_with('1');
    let form = if let Some(international) = digits.strip_prefix("00") {
        format!("+{international}")
    } else if is_mobile {
        format!("+86{digits}")
    } else if let Some(with_area) = digits.strip_prefix('0').filter(|it| it.len() >= 9) {
        format!("+86{with_area}")
    } else {
        digits
    };
    let count = form.trim_start_matches('+').len();
    PHONE_DIGITS.contains(&count).then_some(form)
}

fn one_identity(body: IdentityBody) -> Result<Identity, Error> {
    let bad = |why: &str| Err(Error::bad("visitor.identity.value", why));
    let value: String = body
        .value
        .chars()
        .filter(|it| !it.is_whitespace() && *it != '-')
        .collect();
    let value = value.to_uppercase();
    if value.is_empty() || value.chars().count() > IDENTITY_CHARS_MAX || !value.chars().all(char::is_alphanumeric) {
        return bad("is not a number of a document");
    }
    if body.kind == IdentityKind::IdCard && !is_id_card(value.as_bytes()) {
        return bad("is not a resident's identity number; look for a typing error");
    }
    Ok(Identity {
        kind: body.kind.word().to_owned(),
        value,
    })
}

fn is_id_card(value: &[u8]) -> bool {
    let Some((digits, [check])) = value.split_first_chunk::<17>() else {
        return false;
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .zip(ID_CARD_WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    ID_CARD_CHECKS.get(sum as usize % 11) == Some(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form_however_it_is_typed() {
        for dialled in [
            "13800000000",
            "138 0000 0000",
            "138-0000-0000",
            "+86 13800000000",
            "008613800000000",
        ] {
            assert_eq!(one_phone(dialled).as_deref(), Some("+8613800000000"), "{dialled}");
        }
        assert_eq!(one_phone("0571-87654321").as_deref(), Some("+8657187654321"));
        assert_eq!(one_phone("+44 20 7946 0958").as_deref(), Some("+442079460958"));
        assert_eq!(one_phone("12345").as_deref(), Some("12345"));
        for wrong in ["", "1234", "1+2345678", "phone", "1234567890123456"] {
            assert_eq!(one_phone(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_typing_error_in_an_identity_number_is_found() {
        assert!(is_id_card(b"11010519491231002X"));
        assert!(is_id_card(b"440524188001010014"));
        assert!(!is_id_card(b"110105194912310021"));
        assert!(!is_id_card(b"1101051949123100"));
        let typed = |kind, value: &str| {
            one_identity(IdentityBody {
                kind,
                value: value.into(),
            })
        };
        assert_eq!(
            typed(IdentityKind::IdCard, "110105 19491231 002x").unwrap().value,
            "11010519491231002X"
        );
        assert_eq!(typed(IdentityKind::Passport, "e1234-5678").unwrap().value, "E12345678");
        assert!(typed(IdentityKind::Other, " ").is_err());
        let why = typed(IdentityKind::IdCard, "110105194912310021")
            .unwrap_err()
            .to_string();
        assert!(!why.contains("1949"), "{why}");
    }
}
