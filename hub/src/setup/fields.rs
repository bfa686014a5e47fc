//! Some fields of the hall itself: those that are sent change, all others stay.

use std::collections::BTreeMap;
use std::fmt;

use hall::setup::HallSetup;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::error::{Error, Wrong};

/// The fields of a body, each at most once.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with fields of the hall")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if fields.insert(name.clone(), value).is_some() {
                        return Err(A::Error::custom(format!("duplicate field `{name}`")));
                    }
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Once)
    }
}

/// Changes the fields of a hall that are given.
pub fn change_hall(hall: &mut HallSetup, fields: Fields) -> Result<(), Error> {
    let broken = |cause: serde_json::Error| Error::Broken(format!("a hall's setup: {cause}"));
    let Value::Object(mut all) = serde_json::to_value(&*hall).map_err(broken)? else {
        return Err(Error::Broken("a hall's setup is not an object".into()));
    };
    all.extend(fields.0);
    *hall = serde_path_to_error::deserialize(Value::Object(all)).map_err(|cause| {
        let path = cause.path().to_string();
        Error::bad(if path == "." { "body".to_owned() } else { path }, Wrong::read(cause.into_inner().to_string()))
    })?;
    Ok(())
}
