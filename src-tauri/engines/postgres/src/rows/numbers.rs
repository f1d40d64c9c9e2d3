//! Lists of a few numbers.

use std::ops::Deref;

/// How many need no memory of their own.
const FEW: usize = 4;

/// Numbers, mostly few.
#[derive(Debug, Clone)]
pub(crate) enum Numbers<N> {
    /// So many of these.
    Few(usize, [N; FEW]),
    Many(Vec<N>),
}

impl<N: Copy + Default> Default for Numbers<N> {
    fn default() -> Self {
        Self::Few(0, [N::default(); FEW])
    }
}

impl<N> Deref for Numbers<N> {
    type Target = [N];

    fn deref(&self) -> &[N] {
        match self {
            Self::Few(count, few) => few.get(..*count).unwrap_or_default(),
            Self::Many(many) => many,
        }
    }
}

impl<N: Copy + Default> FromIterator<N> for Numbers<N> {
    fn from_iter<I: IntoIterator<Item = N>>(numbers: I) -> Self {
        let mut numbers = numbers.into_iter();
        let (mut count, mut few) = (0, [N::default(); FEW]);
        for (place, number) in few.iter_mut().zip(numbers.by_ref()) {
            *place = number;
            count += 1;
        }
        match numbers.next() {
            None => Self::Few(count, few),
            Some(more) => Self::Many(few.into_iter().chain([more]).chain(numbers).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn any_count_of_numbers_comes_as_it_is() {
        for count in 0..9 {
            let numbers: Vec<i16> = (0..count).collect();
            let kept: Numbers<i16> = numbers.iter().copied().collect();
            assert_eq!(*kept, *numbers, "{count} numbers");
        }
    }
}
