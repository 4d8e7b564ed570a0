//! Several texts in one cell: parted by `|`, with `\|` for a bar of their own and `\\` for a backslash before either.

/// Whether a column holds a list.
pub(crate) fn is_list(column: &str) -> bool {
    const LISTS: [&str; 5] = [
        "aliases",
        "offers",
        "sectors",
        "languages",
        "certifications",
    ];
    LISTS.contains(&column) || column.ends_with("_keys")
}

pub(crate) fn joined(parts: &[String]) -> String {
    let escaped = parts
        .iter()
        .map(|part| part.replace('\\', "\\\\").replace('|', "\\|"));
    escaped.collect::<Vec<_>>().join("|")
}

/// The parts of a cell, without the blanks around them.
pub(crate) fn parts(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = parts.last_mut().expect("there is always a part");
        match (letter, letters.peek()) {
            ('\\', Some(escaped @ ('|' | '\\'))) => {
                last.push(*escaped);
                letters.next();
            }
            ('|', _) => parts.push(String::new()),
            _ => last.push(letter),
        }
    }
    let trimmed = parts.iter().map(|part| part.trim().to_owned());
    trimmed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for list in [
            &["a", "b"][..],
            &["a|b", "c"],
            &["\\"],
            &["a\\", "|", "\\|\\"],
            &["فاس", "x y"],
        ] {
            let list: Vec<String> = list.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(parts(&joined(&list)), list);
        }
        assert_eq!(parts("a | b\\c|"), ["a", "b\\c", ""]);
    }
}
