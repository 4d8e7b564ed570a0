//! Many short lists of numbers in little room: one behind the other.

/// A list of numbers for each number from 0.
#[derive(Debug, Default)]
pub struct Lists {
    starts: Box<[u32]>,
    items: Box<[u32]>,
}

impl Lists {
    /// `length` lists of what is given for each; an item given twice for one stands there once, and items keep their order.
    pub fn of(length: usize, mut given: Vec<(u32, u32)>) -> Self {
        given.sort_by_key(|(list, _)| *list);
        let mut starts = Vec::with_capacity(length + 1);
        let mut items: Vec<u32> = Vec::with_capacity(given.len());
        let mut given = given.into_iter().peekable();
        for list in 0..length as u32 {
            let start = items.len();
            starts.push(start as u32);
            while let Some((_, item)) = given.next_if(|(of, _)| *of == list) {
                if !items[start..].contains(&item) {
                    items.push(item);
                }
            }
        }
        starts.push(items.len() as u32);
        Self {
            starts: starts.into(),
            items: items.into(),
        }
    }

    /// The items of a list; none of one that is not there.
    pub fn get(&self, list: u32) -> &[u32] {
        let at = list as usize;
        match self.starts.get(at..at + 2) {
            Some([start, end]) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_has_its_items_once_in_the_order_given() {
        let lists = Lists::of(4, vec![(2, 9), (0, 5), (2, 7), (2, 9), (0, 4)]);
        let all: Vec<&[u32]> = (0..5).map(|list| lists.get(list)).collect();
        assert_eq!(all, [&[5, 4][..], &[], &[9, 7], &[], &[]]);
    }
}
