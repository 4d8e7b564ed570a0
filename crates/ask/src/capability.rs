//! What companies offer: the capabilities of the schema that are asked for in words of their own.

/// Capabilities, as sectors of the lexicon say them; those that are segments of offshoring are asked for as such.
const CAPABILITIES: [&str; 15] = [
    "artificial_intelligence",
    "automation",
    "business_software",
    "cloud_hosting",
    "consulting",
    "customer_relations_software",
    "cybersecurity",
    "data_analytics",
    "digital_marketing",
    "embedded_systems",
    "industrial_iot",
    "mobile_development",
    "networks",
    "online_sales",
    "web_development",
];

/// The key of a capability in the schema; none for a sector that is no capability.
pub fn key(sector: &str) -> Option<String> {
    CAPABILITIES
        .contains(&sector)
        .then(|| sector.to_uppercase())
}
