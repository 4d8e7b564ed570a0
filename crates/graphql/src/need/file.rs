//! `fileNeed`, and what its receipt opens: anybody may say what a company looks for, see how far that is, and withdraw it.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use entity::need::Receipt;
use store::need::{self as stored, New};

use crate::{
    author,
    error::{from_store, internal},
    fact::Check,
    proposal::admit,
    scalar::DateTime,
    service,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
    vocabulary::{Capability, Consent, NeedStatus, Sector},
};

/// Longest description, in characters.
const DESCRIPTION: usize = 2_000;
/// Longest address for mail, in characters (RFC 5321).
const EMAIL: usize = 254;
/// Longest telephone number, in characters.
const PHONE: usize = 30;
/// Most capabilities and languages.
const LISTED: usize = 20;

/// What a company looks for.
#[derive(InputObject, Clone)]
pub struct FileNeedInput {
    /// The company, at most 300 characters.
    company: String,
    /// What it looks for, in any language, at most 2,000 characters: "we want to know at any time what is in our two warehouses".
    description: String,
    /// Its sector.
    sector: Sector,
    /// Code of the territory where the work is to be done, such as 03.231 for the prefecture of Fès.
    territory: String,
    /// What a provider must offer, at most 20; may be left out: the coordinator reads the description.
    #[graphql(default)]
    capabilities: Vec<Capability>,
    /// Languages to work in, ISO 639-1 (`fr`, `ar`) or `zgh`, at most 20.
    #[graphql(default)]
    languages: Vec<String>,
    /// How to reach the company. Only coordinators see it, and it is erased on request.
    contact: NeedContactInput,
    /// Whether the company agrees that these details are kept for this purpose (law 09-08). Nothing is kept without it. Nobody is told them before
    /// the company has also agreed to that provider.
    consent: bool,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key files nothing twice.
    idempotency_key: Option<String>,
}

/// How to reach a company. Give an address for mail or a telephone number, or both.
#[derive(InputObject, Clone)]
pub struct NeedContactInput {
    /// Whom to ask for, at most 300 characters.
    name: String,
    /// Address for mail.
    email: Option<String>,
    /// Telephone number: digits, blanks, `+`, `-`, `.`, `(` and `)`.
    phone: Option<String>,
}

/// What came of filing.
#[derive(SimpleObject)]
pub struct FileNeedPayload {
    /// What `filedNeed` and `withdrawNeed` ask for. Keep it: it is shown once, and nobody can find it again. Null when nothing was filed, or
    /// when this request had come before.
    receipt: Option<String>,
    /// How far it is; null when nothing was filed.
    status: Option<NeedStatus>,
    /// Why nothing was filed; empty when it was.
    user_errors: Vec<UserError>,
}

/// A need as whoever filed it sees it.
#[derive(SimpleObject)]
pub struct FiledNeed {
    /// How far it is.
    status: NeedStatus,
    /// When it was filed.
    created_at: DateTime,
    /// When it changed last.
    changed_at: DateTime,
    /// Since when nothing in it tells who filed it.
    erased_at: Option<DateTime>,
    /// Providers it is to be brought together with.
    introductions: Vec<FiledIntroduction>,
}

/// A provider that a need is to be brought together with, as the company sees it.
#[derive(SimpleObject)]
pub struct FiledIntroduction {
    /// Key of the provider, as in `organisation(key:)`.
    provider_key: String,
    /// What the company said to it.
    company_consent: Consent,
    /// Whether both sides agreed.
    agreed: bool,
}

/// A need to be withdrawn.
#[derive(InputObject, Clone)]
pub struct WithdrawNeedInput {
    /// The receipt that `fileNeed` gave.
    #[graphql(validator(max_length = 160))]
    receipt: String,
}

/// What came of withdrawing.
#[derive(SimpleObject)]
pub struct WithdrawNeedPayload {
    /// The need; null when the receipt opens none.
    need: Option<FiledNeed>,
    /// Why it was not withdrawn; empty when it was.
    user_errors: Vec<UserError>,
}

/// Files a need, or says what to mend.
pub async fn file(ctx: &Context<'_>, input: FileNeedInput) -> Result<FileNeedPayload> {
    let refused = |user_errors| FileNeedPayload {
        receipt: None,
        status: None,
        user_errors,
    };
    let key = input.idempotency_key.clone();
    let new = match checked(input)? {
        Ok(new) => new,
        Err(errors) => return Ok(refused(errors)),
    };
    if let Err(error) = admit(ctx, 1) {
        return Ok(refused(vec![error]));
    }
    // The digest of a request stays in the audit, so nothing that tells who filed the need is part of it.
    let sent = (
        &new.territory,
        new.sector,
        &new.capabilities,
        &new.languages,
    );
    let act = author::act(ctx, "filed".to_owned(), ("fileNeed", key.as_deref()), &sent);
    match stored::file(service::store(ctx), &act, &new).await {
        Ok((need, before)) => Ok(FileNeedPayload {
            receipt: (!before).then(|| new.receipt.reveal().to_owned()),
            status: Some(need.status.into()),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// The need of a receipt; null for one that opens none.
pub async fn filed(ctx: &Context<'_>, receipt: &str) -> Result<Option<FiledNeed>> {
    author::keep_for_nobody(ctx);
    let Ok(receipt) = receipt.parse::<Receipt>() else {
        return Ok(None);
    };
    let found = stored::by_receipt(service::store(ctx), &receipt).await;
    match found.map_err(from_store)? {
        Some(need) => Ok(Some(shown(ctx, need).await?)),
        None => Ok(None),
    }
}

/// Withdraws a need; what tells who filed it is erased at once.
pub async fn withdraw(ctx: &Context<'_>, input: WithdrawNeedInput) -> Result<WithdrawNeedPayload> {
    let refused = |error| WithdrawNeedPayload {
        need: None,
        user_errors: vec![error],
    };
    let receipt: Receipt = match input.receipt.parse() {
        Ok(receipt) => receipt,
        Err(wrong) => {
            let wrong: entity::need::NotAReceipt = wrong;
            let error = UserError::new("receipt", Code::Invalid, wrong.to_string());
            return Ok(refused(error));
        }
    };
    let act = author::act(ctx, "withdrawn".to_owned(), ("withdrawNeed", None), &());
    match stored::withdraw(service::store(ctx), &act, &receipt).await {
        Ok(need) => Ok(WithdrawNeedPayload {
            need: Some(shown(ctx, need).await?),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(of_refusal(failure)?)),
    }
}

async fn shown(ctx: &Context<'_>, need: stored::Model) -> Result<FiledNeed> {
    let introductions = stored::introductions(service::store(ctx), &[need.id]).await;
    let introduction = |found: stored::Introduction| FiledIntroduction {
        agreed: found.is_agreed(),
        company_consent: found.company_consent.into(),
        provider_key: found.provider,
    };
    Ok(FiledNeed {
        status: need.status.into(),
        created_at: DateTime(need.created_at),
        changed_at: DateTime(need.changed_at),
        erased_at: need.erased_at.map(DateTime),
        introductions: introductions
            .map_err(from_store)?
            .into_iter()
            .map(introduction)
            .collect(),
    })
}

fn checked(input: FileNeedInput) -> Result<std::result::Result<New, Vec<UserError>>> {
    let mut check = Check::new("", None);
    if !input.consent {
        let message = "nothing is kept unless the company agrees that it is; send `consent: true` when it does";
        check.refuse("consent", Code::Required, message);
    }
    let company = check.name("company", input.company);
    // People write in lines; what counts is the words.
    let words: Vec<&str> = input.description.split_whitespace().collect();
    let description = check.text("description", words.join(" "), DESCRIPTION);
    let territory = check.reference("territory", input.territory);
    let capabilities = capabilities(&mut check, input.capabilities);
    let languages = languages(&mut check, input.languages);
    let mut contact = Check::new("contact", None);
    let contact_name = contact.name("name", input.contact.name);
    let email = contact.optional("email", input.contact.email, EMAIL);
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        let message = "is no address for mail, such as achats@tannerie.example.ma";
        contact.refuse("email", Code::Invalid, message);
    }
    let phone = contact.optional("phone", input.contact.phone, PHONE);
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        let message = "is no telephone number: 6 to 15 digits, with blanks, '+', '-', '.', '(' and ')' where you like";
        contact.refuse("phone", Code::Invalid, message);
    }
    if email.is_none() && phone.is_none() {
        let message =
            "give an address for mail or a telephone number, so that the company can be reached";
        contact.refuse("email", Code::Required, message);
    }
    let wrong_key = author::check_key(input.idempotency_key.as_deref());
    let errors: Vec<UserError> = check
        .finish(())
        .err()
        .into_iter()
        .chain(contact.finish(()).err())
        .flatten()
        .chain(wrong_key)
        .collect();
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let (mut key, mut kept) = ([0; 8], [0; 32]);
    getrandom::fill(&mut key)
        .and_then(|()| getrandom::fill(&mut kept))
        .map_err(|failure| internal(&failure))?;
    Ok(Ok(New {
        receipt: Receipt::new(key, kept),
        company,
        description,
        sector: input.sector.into(),
        capabilities,
        languages,
        territory,
        contact_name,
        email,
        phone,
    }))
}

/// Capabilities, each once, in their order.
pub fn capabilities(check: &mut Check, given: Vec<Capability>) -> Vec<entity::Capability> {
    once(
        check,
        "capabilities",
        given.into_iter().map(Into::into).collect(),
    )
}

/// Languages, each once, in their order.
pub fn languages(check: &mut Check, given: Vec<String>) -> Vec<String> {
    if given.iter().any(|code| !entity::language::is_code(code)) {
        let message = "has something that is no language of ISO 639-1, such as fr, en, ar or es (zgh is taken too)";
        check.refuse("languages", Code::Invalid, message);
    }
    once(check, "languages", given)
}

fn once<T: PartialEq>(check: &mut Check, field: &str, given: Vec<T>) -> Vec<T> {
    if given.len() > LISTED {
        let message = format!("has more than {LISTED} entries");
        check.refuse(field, Code::TooLong, message);
        return Vec::new();
    }
    let mut once = Vec::new();
    for one in given {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// Whether something can stand before and after the `@` of an address; mail itself finds out the rest.
fn is_email(text: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|letter| letter.is_whitespace() || "<>()[],;:\\\"@".contains(letter))
    };
    text.rsplit_once('@').is_some_and(|(name, host)| {
        let labels = host.split('.').all(|label| !label.is_empty());
        fits(name) && fits(host) && host.contains('.') && labels
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || " +-.()".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_nobody_is_no_contact() {
        for good in ["a@b.ma", "achats.fes@tannerie.example.ma", "x+y@z.co"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.ma",
            "a@",
            "a@b",
            "a b@c.ma",
            "a@b..ma",
            "a@b.ma,c@d.ma",
            "<a@b.ma>",
            "a@b@c.ma",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        for good in ["0535 00 00 00", "+212 (0)535-00-00-00", "053500"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in [
            "",
            "12345",
            "call me",
            "0535;DROP",
            "+212 5350 0000 0000 0000",
        ] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
