//! The program's own words: units with their names, indicators of figures no table defines, classes of activities.

use std::sync::LazyLock;

use crate::file::Sheet;

/// Units, written as `units.csv` would be.
pub(crate) fn units() -> Sheet {
    Sheet::embedded(
        "vocabulary/units.csv",
        include_str!("../vocabulary/units.csv"),
    )
}

/// Indicators that figures of other tables need and `indicators.csv` may leave out.
pub(crate) fn indicators() -> Sheet {
    Sheet::embedded(
        "vocabulary/indicators.csv",
        include_str!("../vocabulary/indicators.csv"),
    )
}

/// The class of ISIC revision 4 that fits an activity, where one does.
pub(crate) fn isic(activity: &str) -> Option<&'static str> {
    static CLASSES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        include_str!("../vocabulary/isic.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .collect()
    });
    CLASSES
        .iter()
        .find(|(key, _)| *key == activity)
        .map(|(_, class)| *class)
}
