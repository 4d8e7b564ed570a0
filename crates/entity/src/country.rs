//! Countries: the officially assigned codes of ISO 3166-1 alpha-2.

const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL \
    NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST \
    SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// One of them.
pub fn is_code(text: &str) -> bool {
    text.len() == 2 && CODES.split_ascii_whitespace().any(|code| code == text)
}

/// A country, or a country and one to three letters or digits (ISO 3166-2).
pub fn is_subdivision_code(text: &str) -> bool {
    match text.split_once('-') {
        None => is_code(text),
        Some((country, part)) => {
            is_code(country)
                && (1..=3).contains(&part.len())
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_iso() {
        assert_eq!(CODES.split_ascii_whitespace().count(), 249);
        for good in ["MA", "FR", "MA-03", "MA-FES", "MA-AGD"] {
            assert!(is_subdivision_code(good), "{good}");
        }
        for bad in [
            "", "ma", "UK", "MAR", "XX", "M", "MA-", "MA-03-1", "MA-fes", "MA-ABCD",
        ] {
            assert!(!is_subdivision_code(bad), "{bad}");
        }
    }
}
