//! A person: phone, name, identity, each checked and brought into one form, so that the same person is found again
//! however their number was typed. Never in an event, a frame, a log or a metric.

use serde::{Deserialize, Serialize};

use crate::crypt::Keys;

/// Digits of a phone number, at least and at most (E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;
/// Longest value of an identity, characters.
const IDENTITY_CHARS_MAX: usize = 40;
/// Weights and check characters of a resident's identity number (GB 11643-1999).
const ID_CARD_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CARD_CHECKS: &[u8; 11] = b"10X98765432";

/// What is known of a person.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Phone number, in one form.
    pub phone: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// How the name is said, where somebody gave it: pinyin with tone numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinyin: Option<String>,
    /// Identity, in one form.
    pub identity: Option<Identity>,
}

/// A document and its number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Which document.
    pub kind: IdentityKind,
    /// Its number.
    pub value: String,
}

/// Documents by which a person can be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
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

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Person {
    /// The keyed hash by which the phone number is found.
    pub fn phone_hash(&self, keys: &Keys) -> Option<String> {
        self.phone.as_ref().map(|phone| keys.lookup("phone", phone))
    }

    /// The keyed hash by which the identity is found.
    pub fn identity_hash(&self, keys: &Keys) -> Option<String> {
        self.identity.as_ref().map(|it| keys.lookup(&crate::store::rows::word(&it.kind), &it.value))
    }

    /// What is known together; the newer word counts.
    pub fn with(self, newer: &Self) -> Self {
        Self {
            phone: newer.phone.clone().or(self.phone),
            name: newer.name.clone().or(self.name),
            // Another name is said otherwise.
            pinyin: if newer.name.is_some() { newer.pinyin.clone() } else { newer.pinyin.clone().or(self.pinyin) },
            identity: newer.identity.clone().or(self.identity),
        }
    }
}

impl Identity {
    /// Checks a number and brings it into one form. The error repeats nothing of it.
    pub fn new(kind: IdentityKind, typed: &str) -> Result<Self, &'static str> {
        let value: String = typed.chars().filter(|it| !it.is_whitespace() && *it != '-').collect();
        let value = value.to_uppercase();
        if value.is_empty() || value.chars().count() > IDENTITY_CHARS_MAX || !value.chars().all(char::is_alphanumeric) {
            return Err("is not a number of a document");
        }
        if kind == IdentityKind::IdCard && !is_id_card(value.as_bytes()) {
            return Err("is not a resident's identity number; look for a typing error");
        }
        Ok(Self { kind, value })
    }
}

/// One form of a number: `+86…` for mainland mobiles and numbers with area code, `+…` for what was dialled
/// internationally, else the digits.
pub fn one_phone(dialled: &str) -> Option<String> {
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

fn is_id_card(value: &[u8]) -> bool {
    let Some((digits, [check])) = value.split_first_chunk::<17>() else {
        return false;
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits.iter().zip(ID_CARD_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    ID_CARD_CHECKS.get(sum as usize % 11) == Some(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form_however_it_is_typed() {
        for dialled in ["13800000000", "138 0000 0000", "138-0000-0000", "+86 13800000000", "008613800000000"] {
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
        let typed = Identity::new;
        assert_eq!(typed(IdentityKind::IdCard, "110105 19491231 002x").unwrap().value, "11010519491231002X");
        assert_eq!(typed(IdentityKind::Passport, "e1234-5678").unwrap().value, "E12345678");
        assert!(typed(IdentityKind::Other, " ").is_err());
        let why = typed(IdentityKind::IdCard, "110105194912310021").unwrap_err().to_string();
        assert!(!why.contains("1949"), "{why}");
    }
}
