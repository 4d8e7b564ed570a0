//! Territories: a country, regions, provinces, communes. The larger a region, the more happens there.

use super::{Table, row};
use crate::{
    random::Random,
    scale::{COMMUNES, PROVINCES, REGIONS, TERRITORIES},
};

const FIRST_WORDS: [&str; 10] = [
    "Aïn", "Béni", "Oulad", "Sidi", "Dar", "Ksar", "Souk", "Bab", "Oued", "Tizi",
];
const SECOND_WORDS: [&str; 12] = [
    "Chkef",
    "Mellal",
    "Taoujdate",
    "Harazem",
    "Slimane",
    "Zaër",
    "Kébir",
    "Jdid",
    "Boufekrane",
    "Sebaâ",
    "Lahcen",
    "Âamira",
];
const ARABIC_WORDS: [&str; 6] = ["عين", "بني", "أولاد", "سيدي", "دار", "قصر"];

/// A place in the tree, from which its id, key and names follow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Country,
    Region(u64),
    Province(u64),
    Commune(u64),
}

impl Place {
    pub fn of_id(id: u64) -> Self {
        let index = id - 1;
        if index == 0 {
            Self::Country
        } else if index <= REGIONS {
            Self::Region(index - 1)
        } else if index <= REGIONS + PROVINCES {
            Self::Province(index - 1 - REGIONS)
        } else {
            Self::Commune(index - 1 - REGIONS - PROVINCES)
        }
    }

    pub fn id(self) -> u64 {
        match self {
            Self::Country => 1,
            Self::Region(region) => 2 + region,
            Self::Province(province) => 2 + REGIONS + province,
            Self::Commune(commune) => 2 + REGIONS + PROVINCES + commune,
        }
    }

    fn parent(self) -> Option<Self> {
        match self {
            Self::Country => None,
            Self::Region(_) => Some(Self::Country),
            Self::Province(province) => Some(Self::Region(province % REGIONS)),
            Self::Commune(commune) => Some(Self::Province(commune % PROVINCES)),
        }
    }

    pub fn key(self) -> String {
        match self {
            Self::Country => "MA".to_owned(),
            Self::Region(region) => format!("{:02}", region + 1),
            Self::Province(province) => format!(
                "{}.{:03}",
                Self::Region(province % REGIONS).key(),
                10 * (province / REGIONS) + 11
            ),
            Self::Commune(commune) => format!(
                "{}.{:02}",
                Self::Province(commune % PROVINCES).key(),
                commune / PROVINCES + 1
            ),
        }
    }

    fn level(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region(_) => "region",
            Self::Province(_) => "province",
            Self::Commune(_) => "commune",
        }
    }

    pub fn names(self) -> [String; 3] {
        let mut random = Random::of(1, self.id());
        let (first, second) = (random.pick(&FIRST_WORDS), random.pick(&SECOND_WORDS));
        let (arabic, number) = (random.pick(&ARABIC_WORDS), self.id());
        [
            format!("{first} {second} {number}"),
            format!("{arabic} {number}"),
            format!("{first} {second} {number}").replace(['Â', 'â'], "a"),
        ]
    }

    /// Where a site is: mostly a commune, now and then only a province or a region is known.
    pub fn of_site(random: &mut Random) -> Self {
        let region = weighted(random, REGIONS);
        if random.chance(0.01) {
            return Self::Region(region);
        }
        let province = region + REGIONS * random.skewed(below(region, REGIONS, PROVINCES));
        if random.chance(0.04) {
            return Self::Province(province);
        }
        let commune = province + PROVINCES * random.skewed(below(province, PROVINCES, COMMUNES));
        Self::Commune(commune)
    }
}

/// How many numbers below `end` leave `remainder` when divided.
fn below(remainder: u64, divisor: u64, end: u64) -> u64 {
    (end - remainder).div_ceil(divisor)
}

/// The first twice as likely as the second, three times as the third, and so on.
fn weighted(random: &mut Random, end: u64) -> u64 {
    let weight = |index: u64| 1.0 / (index + 1) as f64;
    let mut left = random.unit() * (0..end).map(weight).sum::<f64>();
    for index in 0..end {
        left -= weight(index);
        if left < 0.0 {
            return index;
        }
    }
    end - 1
}

pub fn territories() -> Table {
    let territory = |id: u64| {
        let place = Place::of_id(id);
        let [name_fr, name_ar, name_en] = place.names();
        row![
            id,
            place.key(),
            place.level(),
            place.parent().map(Place::id),
            name_fr,
            name_ar,
            name_en,
            format!("place-{id}"),
            place.level(),
            1_u64,
        ]
    };
    Table {
        name: "territories",
        columns: &[
            "id",
            "key",
            "level",
            "parent_id",
            "name_fr",
            "name_ar",
            "name_en",
            "slug",
            "kind",
            "source_id",
        ],
        rows: Box::new((1..=TERRITORIES).map(territory)),
    }
}
