//! Brackets within brackets, counted on the text: the only check before parsing.

/// Brackets open at once.
const MAX_NESTING: usize = 60;

/// Refuses brackets nested so deep that even parsing would be at risk.
pub fn nesting(document: &str) -> Result<(), String> {
    #[derive(PartialEq)]
    enum In {
        Code,
        Comment,
        Text,
        Block,
    }
    let (mut depth, mut place) = (0_usize, In::Code);
    let mut rest = document.as_bytes();
    while let [byte, after @ ..] = rest {
        let mut taken = 1;
        match (&place, byte) {
            (In::Comment, b'\n' | b'\r') => place = In::Code,
            (In::Text, b'\n' | b'\r') => place = In::Code,
            (In::Text, b'\\') => taken = 2,
            (In::Text, b'"') => place = In::Code,
            (In::Block, b'\\') if after.starts_with(b"\"\"\"") => taken = 4,
            (In::Block, b'"') if after.starts_with(b"\"\"") => {
                place = In::Code;
                taken = 3;
            }
            (In::Code, b'"') if after.starts_with(b"\"\"") => {
                place = In::Block;
                taken = 3;
            }
            (In::Code, b'"') => place = In::Text,
            (In::Code, b'#') => place = In::Comment,
            (In::Code, b'{' | b'[' | b'(') => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(format!(
                        "the document nests deeper than {MAX_NESTING} brackets"
                    ));
                }
            }
            (In::Code, b'}' | b']' | b')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    Ok(())
}
