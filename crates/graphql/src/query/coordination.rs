//! What coordinators look at, and what whoever filed a need may ask.

use async_graphql::{Context, Object, Result};

use crate::{
    connection::Arguments,
    listing::{Listing, ListingOrder},
    need::{self, FiledNeed, Need, NeedFilter},
};

/// Looking after what companies need.
#[derive(Default)]
pub struct Coordination;

#[Object]
impl Coordination {
    /// What companies look for, and how far that is. For coordinators: an API key with the scope coordinate, else UNAUTHENTICATED or
    /// FORBIDDEN.
    async fn needs(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<NeedFilter>,
        #[graphql(desc = "The newest first when left out.")] order: Option<ListingOrder>,
    ) -> Result<Listing<Need>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        need::needs(ctx, arguments, filter, order).await
    }

    /// The need with a key. For coordinators: an API key with the scope coordinate, else UNAUTHENTICATED or FORBIDDEN.
    async fn need(
        &self,
        ctx: &Context<'_>,
        #[graphql(validator(max_length = 160))] key: String,
    ) -> Result<Option<Need>> {
        need::need(ctx, &key).await
    }

    /// The need of a receipt, as whoever filed it sees it; null when the receipt opens none. Send it by POST, so that the receipt stands in
    /// no address.
    async fn filed_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The receipt that `fileNeed` gave.",
            validator(max_length = 160)
        )]
        receipt: String,
    ) -> Result<Option<FiledNeed>> {
        need::filed(ctx, &receipt).await
    }
}
