//! Where a reference period lies on the time axis, in months.

/// First month and the month after the last, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub from: f64,
    pub to: f64,
}

impl Span {
    /// Reads `2019`, `2025-S1`, `2024-Q3`, `2019-03`, `2020-12-18` or `2016/2018`.
    pub fn parse(text: &str) -> Option<Span> {
        if let Some((first, last)) = text.split_once('/') {
            let (first, last) = (number(first, 4)?, number(last, 4)?);
            return (first < last).then(|| Span::new(first * 12.0, (last - first + 1.0) * 12.0));
        }
        let mut parts = text.split('-');
        let start = number(parts.next()?, 4)? * 12.0;
        let Some(part) = parts.next() else {
            return Some(Span::new(start, 12.0));
        };
        let day = parts.next();
        if parts.next().is_some() {
            return None;
        }
        if let Some(half) = part.strip_prefix('S') {
            return within(half, 1, 2.0).map(|at| Span::new(start + (at - 1.0) * 6.0, 6.0));
        }
        if let Some(quarter) = part.strip_prefix('Q') {
            return within(quarter, 1, 4.0).map(|at| Span::new(start + (at - 1.0) * 3.0, 3.0));
        }
        let month = start + within(part, 2, 12.0)? - 1.0;
        match day {
            None => Some(Span::new(month, 1.0)),
            Some(day) => {
                let day = within(day, 2, 31.0)?;
                Some(Span::new(month + (day - 1.0) / 31.0, 1.0 / 31.0))
            }
        }
    }

    fn new(from: f64, months: f64) -> Span {
        Span {
            from,
            to: from + months,
        }
    }

    /// Where its point stands.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }

    /// Whether the other follows without a gap and is as long, so that a line between them hides nothing.
    pub fn is_followed_by(self, other: Span) -> bool {
        let length = |span: Span| span.to - span.from;
        (other.from - self.to).abs() < 0.01 && (length(self) - length(other)).abs() < 0.01
    }
}

fn number(text: &str, width: usize) -> Option<f64> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn within(text: &str, width: usize, most: f64) -> Option<f64> {
    number(text, width).filter(|n| (1.0..=most).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_neighbours_of_one_length_follow_each_other() {
        let span = |text| Span::parse(text).unwrap();
        for (first, second, follows) in [
            ("2018", "2019", true),
            ("2017", "2019", false),
            ("2024-Q4", "2025-Q1", true),
            ("2024-S1", "2024-S2", true),
            ("2024", "2025-S1", false),
            ("2018-12", "2019-01", true),
            ("2019", "2019", false),
            ("2010/2014", "2015/2019", true),
        ] {
            assert_eq!(
                span(first).is_followed_by(span(second)),
                follows,
                "{first} {second}"
            );
        }
    }

    #[test]
    fn what_is_no_period_has_no_place() {
        for text in [
            "",
            "20",
            "2019-",
            "2019-S3",
            "2019-Q0",
            "2019-13",
            "2019-01-32",
            "2019/2018",
            "é019",
            "2019-1-1-1",
        ] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }
}
