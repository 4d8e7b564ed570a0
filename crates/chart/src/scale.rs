//! Round ticks that hold all values, and numbers as the language writes them.

/// A straight scale between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

impl Scale {
    /// A scale from zero (or below, for what is negative) to above the highest value.
    pub fn from_zero(values: impl Iterator<Item = f64> + Clone) -> Scale {
        let low = values.clone().fold(0.0_f64, f64::min);
        let high = values.fold(0.0_f64, f64::max);
        Scale::around(low, high)
    }

    /// A scale that holds both ends, at whole numbers: for positions.
    pub fn of_positions(values: impl Iterator<Item = f64> + Clone) -> Scale {
        let low = values.clone().fold(f64::MAX, f64::min);
        let high = values.fold(f64::MIN, f64::max);
        let (low, high) = if low > high { (1.0, 2.0) } else { (low, high) };
        let step = nice((high - low + 2.0) / 4.0).max(1.0);
        Scale {
            low: ((low - 1.0) / step).floor() * step,
            high: ((high + 1.0) / step).ceil() * step,
            step,
        }
    }

    fn around(low: f64, high: f64) -> Scale {
        let (low, high) = if high - low <= 0.0 {
            (0.0, 1.0)
        } else {
            (low, high)
        };
        let step = nice((high - low) / 4.0);
        Scale {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// Where a value lies: 0 at the low end, 1 at the high end.
    pub fn share(self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The ticks, the low end first; a handful whatever the ends are.
    pub fn ticks(self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step)
            .round()
            .clamp(0.0, 12.0) as u32;
        (0..=count)
            .map(|at| self.low + f64::from(at) * self.step)
            .collect()
    }
}

/// The next of 1, 2, 2.5 and 5 times a power of ten.
fn nice(rough: f64) -> f64 {
    if !(rough.is_finite() && rough > 0.0) {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power)
}

/// A tick as the language writes it.
pub fn tick(value: f64, step: f64, language: &str) -> String {
    let english = language.starts_with("en");
    let (group, mark) = if english { (',', '.') } else { ('\u{a0}', ',') };
    let decimals = (0..6)
        .find(|places| {
            let scaled = step * 10_f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs()
        })
        .unwrap_or(6) as usize;
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('\u{2212}');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(mark);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        for (values, expected) in [
            (vec![22.0, 36.0], vec!["0", "10", "20", "30", "40"]),
            (vec![4500.0], vec!["0", "2 000", "4 000", "6 000"]),
            (vec![0.3, 0.45], vec!["0,0", "0,2", "0,4", "0,6"]),
            (vec![-5.0, 12.0], vec!["−5", "0", "5", "10", "15"]),
            (vec![0.0], vec!["0,00", "0,25", "0,50", "0,75", "1,00"]),
        ] {
            let scale = Scale::from_zero(values.iter().copied());
            let ticks: Vec<_> = scale
                .ticks()
                .into_iter()
                .map(|value| tick(value, scale.step, "fr").replace('\u{a0}', " "))
                .collect();
            assert_eq!(ticks, expected, "{values:?}");
        }
    }

    #[test]
    fn extreme_values_keep_a_handful_of_ticks() {
        for values in [vec![1e15, -1e15], vec![1e-12], vec![f64::MIN_POSITIVE]] {
            let scale = Scale::from_zero(values.iter().copied());
            assert!(scale.ticks().len() <= 13, "{scale:?}");
            assert!(values.iter().all(|value| scale.share(*value).is_finite()));
        }
    }
}
