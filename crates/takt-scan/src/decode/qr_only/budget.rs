//! A picture that may be looked at only so often.
//!
//! rqrr tries every three finder patterns on a copy of the picture and cannot be interrupted. Noise of
//! 40 million pixels kept it busy beyond nine minutes. Its only way out is the picture it is given: when
//! the budget is spent, that unwinds (without a panic message) to the `catch_unwind` around the search.

use image::{GenericImage, GenericImageView, GrayImage, Luma};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;

/// Pixel reads one search may take; about a second.
const READS_MAX: u64 = 200_000_000;
/// Pixels copied for the price of one read.
const COPIED_PER_READ: u64 = 16;

/// A gray picture and the reads left to it and to all its copies.
pub(super) struct Budgeted {
    picture: GrayImage,
    reads_left: Rc<Cell<u64>>,
}

impl Budgeted {
    /// A picture with the whole budget.
    pub(super) fn new(picture: GrayImage) -> Self {
        Self { picture, reads_left: Rc::new(Cell::new(READS_MAX)) }
    }

    fn spend(&self, reads: u64) {
        match self.reads_left.get().checked_sub(reads) {
            Some(left) => self.reads_left.set(left),
            None => resume_unwind(Box::new("the search for QR codes took too long")),
        }
    }
}

impl Clone for Budgeted {
    fn clone(&self) -> Self {
        self.spend(self.picture.len() as u64 / COPIED_PER_READ);
        Self { picture: self.picture.clone(), reads_left: Rc::clone(&self.reads_left) }
    }
}

impl GenericImageView for Budgeted {
    type Pixel = Luma<u8>;

    fn dimensions(&self) -> (u32, u32) {
        self.picture.dimensions()
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.spend(1);
        *self.picture.get_pixel(x, y)
    }
}

#[allow(deprecated)] // The trait still asks for the two it deprecates.
impl GenericImage for Budgeted {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Luma<u8> {
        self.picture.get_pixel_mut(x, y)
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.picture.put_pixel(x, y, pixel);
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.picture.put_pixel(x, y, pixel);
    }
}
