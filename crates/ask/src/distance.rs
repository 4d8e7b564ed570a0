//! How far two places are from one another, as the crow flies.

use crate::question::Location;

/// Mean radius of the Earth, in kilometres.
const RADIUS: f64 = 6_371.008_8;

/// Kilometres along the great circle (haversine).
pub fn kilometres(one: Location, other: Location) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let (from, to) = (one.latitude.to_radians(), other.latitude.to_radians());
    let haversine = half(other.latitude - one.latitude)
        + from.cos() * to.cos() * half(other.longitude - one.longitude);
    2.0 * RADIUS * haversine.clamp(0.0, 1.0).sqrt().asin()
}

/// A distance as it is told, no more exact than the centre of a town is: whole kilometres, from a hundred on in steps of
/// five, from a thousand on of ten; at least one.
pub fn told(kilometres: f64) -> f64 {
    let step = match kilometres {
        k if k < 100.0 => 1.0,
        k if k < 1_000.0 => 5.0,
        _ => 10.0,
    };
    ((kilometres / step).round() * step).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FES: Location = at(34.03313, -5.00028);
    const MEKNES: Location = at(33.89352, -5.54727);
    const PARIS: Location = at(48.85341, 2.3488);
    const HALF_WAY_ROUND: f64 = std::f64::consts::PI * RADIUS;

    const fn at(latitude: f64, longitude: f64) -> Location {
        Location {
            latitude,
            longitude,
        }
    }

    /// Places all over the Earth, the same ones in every run; poles, date line and equator among them.
    fn places() -> Vec<Location> {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut places: Vec<Location> = (0..120)
            .map(|_| at(next() * 180.0 - 90.0, next() * 360.0 - 180.0))
            .collect();
        places.extend([
            at(90.0, 0.0),
            at(-90.0, 77.0),
            at(0.0, 180.0),
            at(0.0, -180.0),
            at(0.0, 0.0),
            FES,
            MEKNES,
        ]);
        places
    }

    #[test]
    fn known_distances_come_out() {
        for (one, other, kilometres_known) in [
            (FES, MEKNES, 52.8),
            (FES, PARIS, 1_754.0),
            (at(0.0, 0.0), at(0.0, 1.0), 111.2),
            (at(90.0, 0.0), at(-90.0, 0.0), HALF_WAY_ROUND),
            (at(12.0, 180.0), at(12.0, -180.0), 0.0),
        ] {
            let found = kilometres(one, other);
            assert!(
                (found - kilometres_known).abs() <= 0.005 * kilometres_known + 1e-6,
                "{found} instead of {kilometres_known}"
            );
        }
    }

    #[test]
    fn it_is_a_distance() {
        let places = places();
        for a in &places {
            assert_eq!(kilometres(*a, *a), 0.0);
            for b in &places {
                let d = kilometres(*a, *b);
                assert!((0.0..=HALF_WAY_ROUND + 1e-6).contains(&d));
                assert!((d - kilometres(*b, *a)).abs() < 1e-6);
                for c in places.iter().step_by(7) {
                    // No detour is shorter.
                    assert!(d <= kilometres(*a, *c) + kilometres(*c, *b) + 1e-6);
                }
            }
        }
    }

    #[test]
    fn what_is_told_is_near_and_keeps_the_order() {
        let mut before = 0.0;
        for tenth in 0..205_000_u32 {
            let exact = f64::from(tenth) / 10.0;
            let said = told(exact);
            assert!(said >= 1.0 && said.fract() == 0.0);
            assert!(
                (said - exact).abs() <= (0.5 + exact * 0.026).max(1.0),
                "{exact}"
            );
            assert!(said >= before, "{exact} is told as {said}");
            before = said;
        }
    }

    #[test]
    fn a_position_is_not_shown() {
        assert!(!format!("{FES:?}").contains("34"));
    }
}
