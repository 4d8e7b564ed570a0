//! In what people are trained: fields that the texts of programmes are looked through for.

/// A field, and what its words begin with in the texts, folded; the narrower first.
const FIELDS: [(&str, &[&str]); 4] = [
    (
        "artificial_intelligence",
        &["intelligence artificielle", "ia"],
    ),
    (
        "software",
        &["programm", "code", "digital", "tic", "informati"],
    ),
    ("digital", &["digital", "numeri", "tic", "programm"]),
    ("engineering", &["ingenieur", "ingenierie"]),
];

/// The narrowest field among the sectors of a sentence.
pub fn field(sectors: &[String]) -> Option<&'static str> {
    let said = |(field, _): &&(&'static str, &[&str])| sectors.iter().any(|s| s == field);
    FIELDS.iter().find(said).map(|(field, _)| *field)
}

/// Whether a text is of a field.
pub fn speaks_of(text: &str, field: &str) -> bool {
    let words = language::tokenize(text);
    let starts = |stem: &str| {
        let parts: Vec<&str> = stem.split(' ').collect();
        words.windows(parts.len()).any(|window| {
            let same = window.iter().zip(&parts);
            same.into_iter().all(|(word, part)| match *part {
                // Short words are whole ones: "Digital & IA".
                "ia" | "tic" => word.folded == *part,
                part => word.folded.starts_with(part),
            })
        })
    };
    let stems = FIELDS.iter().find(|(known, _)| *known == field);
    stems.is_some_and(|(_, stems)| stems.iter().any(|stem| starts(stem)))
}

#[cfg(test)]
mod tests {
    use super::{field, speaks_of};

    #[test]
    fn a_text_is_of_the_fields_that_its_words_name() {
        let digital = "Ingénierie digitale et intelligence artificielle";
        assert!(speaks_of(digital, "artificial_intelligence"));
        assert!(speaks_of(digital, "engineering"));
        assert!(speaks_of(
            "82 filières, dont un pôle Digital & IA",
            "software"
        ));
        assert!(!speaks_of(
            "Université publique de Meknès",
            "artificial_intelligence"
        ));
        assert!(!speaks_of("Offshoring, TIC, audiovisuel", "engineering"));
    }

    #[test]
    fn of_several_fields_the_narrowest_is_meant() {
        let sectors = ["engineering", "artificial_intelligence"].map(str::to_owned);
        assert_eq!(field(&sectors), Some("artificial_intelligence"));
        assert_eq!(field(&["industry".to_owned()]), None);
    }
}
