//! Whether a message comes from Bab. Needs the crates base64, hmac 0.13 and sha2 0.11; the endpoint is that of your framework.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.
pub struct Headers<'a> {
    pub id: &'a str,
    pub timestamp: &'a str,
    pub signature: &'a str,
}

/// Whether Bab has signed these bytes within five minutes of `now`, in seconds since 1970. `secret` is that of `createWebhook`.
pub fn is_from_bab(secret: &str, headers: &Headers<'_>, body: &[u8], now: i64) -> bool {
    let secret = STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret));
    let (Ok(secret), Ok(second)) = (secret, headers.timestamp.parse::<i64>()) else {
        return false;
    };
    let mut given = headers.signature.split(' ');
    now.abs_diff(second) <= 300
        && given.any(|signature| {
            let digits = signature.strip_prefix("v1,").unwrap_or_default();
            let mut mac = Hmac::<Sha256>::new_from_slice(&secret).expect("any length will do");
            mac.update(format!("{}.{second}.", headers.id).as_bytes());
            mac.update(body);
            // Compares in a time that does not depend on how much is right.
            STANDARD
                .decode(digits)
                .is_ok_and(|given| mac.verify_slice(&given).is_ok())
        })
}
