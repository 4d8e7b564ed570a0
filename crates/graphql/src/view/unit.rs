//! Units.

use async_graphql::{ID, Object};
use entity::ConceptKind;

use crate::{
    locale::{Locale, Texts},
    node,
};

/// A unit of measurement.
#[derive(Clone, Debug)]
pub struct Unit(pub entity::unit::Model);

/// A unit of measurement.
#[Object]
impl Unit {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Unit, &self.0.key)
    }

    /// Stable key, such as `people`, `percent`, `MAD`.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name, in French when no language is asked. Stored in French, English and Arabic; ARY gives the Arabic one.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            en: Some(&self.0.name_en),
            ar: Some(&self.0.name_ar),
        }
        .name(locale)
    }

    /// Symbol, where one is in use: %, m², DH.
    async fn symbol(&self) -> Option<&str> {
        self.0.symbol.as_deref()
    }
}
