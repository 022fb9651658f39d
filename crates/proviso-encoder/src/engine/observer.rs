//! What enters the linear layers, watched while contracts are read, so that its ranges are known beforehand.

use std::sync::{Arc, Mutex, PoisonError};

use proviso_kernels::int8::Range;

use super::ActivationRanges;

/// The extremes of the rows that entered one linear layer.
#[derive(Debug, Default)]
pub(super) struct Observer {
    /// The lowest and the highest value of each row.
    rows: Mutex<Vec<(f32, f32)>>,
}

impl Observer {
    /// Notes rows of `width` values.
    pub(super) fn note(&self, values: &[f32], width: usize) {
        let extremes = values.chunks_exact(width).map(|row| {
            row.iter().fold((0.0_f32, 0.0_f32), |(low, high), value| (low.min(*value), high.max(*value)))
        });
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).extend(extremes);
    }

    /// The range that holds all values of the given share of rows; `None` if nothing was noted.
    fn range(&self, share: f64) -> Option<Range> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let at = ((rows.len() as f64 * share) as usize).min(rows.len().checked_sub(1)?);
        let mut lows: Vec<f32> = rows.iter().map(|row| -row.0).collect();
        let mut highs: Vec<f32> = rows.iter().map(|row| row.1).collect();
        let low = -*lows.select_nth_unstable_by(at, f32::total_cmp).1;
        let high = *highs.select_nth_unstable_by(at, f32::total_cmp).1;
        Some(Range { low, high })
    }
}

/// The observers of a model's linear layers, by the names of what enters.
#[derive(Debug, Default)]
pub(crate) struct Observers(Mutex<Vec<(String, Arc<Observer>)>>);

impl Observers {
    /// A new observer of what is called `name`.
    pub(super) fn watch(&self, name: &str) -> Arc<Observer> {
        let observer = Arc::new(Observer::default());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((name.to_owned(), Arc::clone(&observer)));
        observer
    }

    /// The ranges that hold all values of the given share of rows.
    pub(crate) fn ranges(&self, share: f64) -> ActivationRanges {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().filter_map(|(name, observer)| Some((name.clone(), observer.range(share)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_rows_decides_the_range() {
        let observers = Observers::default();
        let observer = observers.watch("layer");
        assert!(observers.ranges(1.0).is_empty(), "nothing is known before anything was read");
        for i in 0..100 {
            observer.note(&[-(i as f32), 1.0, 2.0 * i as f32], 3);
        }
        assert_eq!(observers.ranges(1.0)["layer"], Range { low: -99.0, high: 198.0 });
        assert_eq!(observers.ranges(0.9)["layer"], Range { low: -90.0, high: 180.0 });
    }
}
