//! The tree of spellings: from the root word by word to a node, and at some nodes a spelling ends.

use hashbrown::HashTable;

use super::strings::{Strings, hash};

/// Nodes by the node before them and the word that leads to them; the root is 0.
#[derive(Debug, Default)]
pub struct Tree {
    /// The way to each node but the root.
    ways: Vec<(u32, u32)>,
    nodes: HashTable<u32>,
    /// Nodes by their spelling without its spaces.
    squeezed: HashTable<u32>,
}

impl Tree {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.ways.len() + 1
    }

    /// The node one word further, which is made when it is new.
    pub fn grow(&mut self, node: u32, word: u32) -> u32 {
        let Self { ways, nodes, .. } = self;
        let way = (node, word);
        let entry = nodes.entry(
            hash(way),
            |known| ways[*known as usize - 1] == way,
            |known| hash(ways[*known as usize - 1]),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(place) => {
                ways.push(way);
                let new = ways.len() as u32;
                place.insert(new);
                new
            }
        }
    }

    /// The node one word further.
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        let way = (node, word);
        let known = |known: &u32| self.ways[*known as usize - 1] == way;
        self.nodes.find(hash(way), known).copied()
    }

    /// Lets a node be found without the spaces of its spelling, unless another one is found so already.
    pub fn squeeze(&mut self, node: u32, squeezed: &str, words: &Strings) {
        let Self {
            ways,
            squeezed: known,
            ..
        } = self;
        let entry = known.entry(
            hash(squeezed),
            |other| is_squeezed(ways, *other, squeezed, words),
            |other| hash(spelling(ways, *other, words).as_str()),
        );
        if let hashbrown::hash_table::Entry::Vacant(place) = entry {
            place.insert(node);
        }
    }

    /// The node of a spelling written without its spaces.
    pub fn squeezed(&self, key: &str, words: &Strings) -> Option<u32> {
        let known = |node: &u32| is_squeezed(&self.ways, *node, key, words);
        self.squeezed.find(hash(key), known).copied()
    }

    /// Gives back the room for more.
    pub fn shrink(&mut self, words: &Strings) {
        let Self {
            ways,
            nodes,
            squeezed,
        } = self;
        ways.shrink_to_fit();
        nodes.shrink_to_fit(|node| hash(ways[*node as usize - 1]));
        squeezed.shrink_to_fit(|node| hash(spelling(ways, *node, words).as_str()));
    }
}

/// The words on the way to a node, the last one first.
fn back<'a>(
    ways: &'a [(u32, u32)],
    mut node: u32,
    words: &'a Strings,
) -> impl Iterator<Item = &'a str> {
    std::iter::from_fn(move || {
        let (before, word) = *ways.get((node as usize).checked_sub(1)?)?;
        node = before;
        Some(words.get(word))
    })
}

/// Whether a node's spelling is this one without its spaces.
fn is_squeezed(ways: &[(u32, u32)], node: u32, key: &str, words: &Strings) -> bool {
    let mut rest = Some(key);
    for word in back(ways, node, words) {
        rest = rest.and_then(|rest| rest.strip_suffix(word));
    }
    rest == Some("")
}

/// A node's spelling without its spaces.
fn spelling(ways: &[(u32, u32)], node: u32, words: &Strings) -> String {
    let mut parts: Vec<&str> = back(ways, node, words).collect();
    parts.reverse();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_found_word_by_word_and_without_their_spaces() {
        let (mut tree, mut words) = (Tree::default(), Strings::default());
        let mut add = |spelling: &str| {
            let mut node = 0;
            for word in spelling.split(' ') {
                node = tree.grow(node, words.add(word));
            }
            tree.squeeze(node, &spelling.replace(' ', ""), &words);
            node
        };
        let (shore, fes) = (add("fes shore"), add("fes"));
        assert_ne!(shore, fes);
        assert_eq!(add("fesshore"), 3);
        tree.shrink(&words);
        let word = |text: &str| words.find(text).expect("a word");
        assert_eq!(tree.step(0, word("fes")), Some(fes));
        assert_eq!(tree.step(fes, word("shore")), Some(shore));
        assert_eq!(tree.step(0, word("shore")), None);
        // The first one keeps the place.
        assert_eq!(tree.squeezed("fesshore", &words), Some(shore));
        assert_eq!(tree.squeezed("esshore", &words), None);
        assert_eq!(tree.len(), 4);
    }
}
