//! Languages: the two letters of ISO 639-1, and `zgh` for Standard Moroccan Amazigh, which has no two.

const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es \
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn \
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi \
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur \
    uz ve vi vo wa wo xh yi yo za zh zu zgh";

/// One of them.
pub fn is_code(text: &str) -> bool {
    (2..=3).contains(&text.len()) && CODES.split_ascii_whitespace().any(|code| code == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_iso() {
        assert_eq!(CODES.split_ascii_whitespace().count(), 183 + 1);
        for good in ["fr", "ar", "en", "es", "zgh"] {
            assert!(is_code(good), "{good}");
        }
        for bad in ["", "FR", "fra", "français", "xx", "fr ar"] {
            assert!(!is_code(bad), "{bad}");
        }
    }
}
