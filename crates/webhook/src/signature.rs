//! Signatures as Standard Webhooks has them: HMAC-SHA256 over id, second and body, in base64.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of the header `webhook-signature`.
pub fn sign(secret: &[u8], id: &str, second: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{second}.").as_bytes());
    mac.update(body.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_signed_as_it_says() {
        // From the tests of the reference libraries of standardwebhooks.com.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = sign(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn whatever_is_changed_changes_the_signature() {
        let signed = sign(b"secret", "a_1", 1, "{}");
        for other in [
            sign(b"secret!", "a_1", 1, "{}"),
            sign(b"secret", "a_2", 1, "{}"),
            sign(b"secret", "a_1", 2, "{}"),
            sign(b"secret", "a_1", 1, "{ }"),
        ] {
            assert_ne!(signed, other);
        }
    }
}
