//! The pages: one file for each, all made the same way. An address becomes variables, a document is sent through `graphql`, its answer
//! becomes a typed value, and a template shows it. `view.rs` says what a page is, `endpoint.rs` serves it in every form, `shell.rs` stands
//! around it.

mod address;
mod agreement;
mod ask;
mod card;
mod compare;
mod correct;
mod data_health;
mod endpoint;
pub mod fact;
mod home;
mod inbox;
mod indicator;
mod map;
mod missing;
mod organisation;
mod park;
mod project;
mod report;
mod shell;
mod sitemap;
mod source;
mod suggest;
mod table;
mod territory;
pub mod view;
pub mod words;

use std::sync::Arc;

use poem::Route;

pub use endpoint::House;
use endpoint::Page;
pub use missing::Missing;

/// The document of a page with the fragments that it spreads.
macro_rules! document {
    ($page:literal $(, $part:literal)*) => {
        concat!(
            include_str!(concat!("../../../../schema/pages/", $page, ".graphql"))
            $(, "\n", include_str!(concat!("../../../../schema/pages/parts/", $part, ".graphql")))*
        )
    };
}
pub(crate) use document;

/// Every page at its addresses.
pub fn routes(route: Route, house: &Arc<House>, settings: &crate::Settings) -> Route {
    let mut route = route;
    macro_rules! things {
        ($($name:literal: $view:ty),+ $(,)?) => {$(
            route = route
                .at(concat!("/", $name, "/:key"), Page::of_things::<$view>(house))
                .at(concat!("/embed/", $name, "/:key"), Page::of_things::<$view>(house));
        )+};
    }
    macro_rules! own {
        ($($name:literal at $path:literal: $view:ty),+ $(,)?) => {$(
            route = route.at($path, Page::at::<$view>(house, $path));
            for address in [
                concat!("/embed/", $name),
                concat!("/", $name, ".json"),
                concat!("/", $name, ".csv"),
                concat!("/", $name, ".svg"),
                concat!("/", $name, ".png"),
            ] {
                route = route.at(address, Page::at::<$view>(house, $path));
            }
        )+};
    }
    things! {
        "territory": territory::Territory,
        "organisation": organisation::Organisation,
        "park": park::Park,
        "project": project::Project,
        "agreement": agreement::Agreement,
        "indicator": indicator::Indicator,
        "source": source::Source,
    }
    own! {
        "home" at "/": home::Home,
        "ask" at "/ask": ask::Ask,
        "compare" at "/compare": compare::Compare,
        "map" at "/map": map::Map,
        "data-health" at "/data-health": data_health::DataHealth,
    }
    route
        .at("/report", report::Report::new(house, settings))
        .at("/correct", correct::Correct::new(house, settings))
        .at("/corrections", data_health::corrections())
        .at("/suggest", suggest::Suggest::new(house))
        .at("/sitemap.xml", sitemap::Sitemap::new(house))
        .at("/robots.txt", sitemap::robots(house))
        .at("/:page", Missing(house.clone()))
        .at("/:page/*rest", Missing(house.clone()))
}
