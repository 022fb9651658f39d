//! The operators of a content stream that place text.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Point, Vec2};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{Transform, TypedInstruction};
use hayro_syntax::object::dict::keys::{FONT, MATRIX, OC, RESOURCES, SUBTYPE};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, dict_or_stream};
use hayro_syntax::page::Resources;

use super::font::{FontShelf, PdfFont, ShownCode};
use super::{OptionalContent, PageContent, actual_text, images::image_box, state::State};
use crate::glyph::Glyph;

/// Forms within forms deeper than this are not followed: they draw themselves.
const MAX_FORM_DEPTH: usize = 24;
/// More characters than any page of text holds; a page beyond it is cut.
const MAX_GLYPHS: usize = 400_000;
/// Operators between two questions whether to go on.
const OPERATORS_PER_CHECK: u32 = 512;

pub struct Interpreter<'a, 's> {
    pub content: PageContent,
    fonts: &'s FontShelf<'a>,
    optional: &'s OptionalContent,
    go_on: &'s dyn Fn() -> bool,
    state: State<'a>,
    depth: usize,
    marked: Vec<Marked>,
    after_space: bool,
    operators: u32,
    stopped: bool,
}

/// An open marked-content sequence.
struct Marked {
    actual_text: Option<String>,
    first_glyph: usize,
    visible: bool,
}

impl<'a, 's> Interpreter<'a, 's> {
    pub fn new(fonts: &'s FontShelf<'a>, optional: &'s OptionalContent, go_on: &'s dyn Fn() -> bool) -> Self {
        Self {
            content: PageContent::default(),
            fonts,
            optional,
            go_on,
            state: State::new(Affine::IDENTITY),
            depth: 0,
            marked: Vec::new(),
            after_space: false,
            operators: 0,
            stopped: false,
        }
    }

    /// Runs a content stream; what it leaves open is closed at its end.
    pub fn run(&mut self, data: &[u8], resources: &Resources<'a>) {
        let (entered, marks) = (self.state.clone(), self.marked.len());
        let mut saved = Vec::new();
        let mut operations = TypedIter::new(data);
        while let Some(operation) = operations.next() {
            if self.must_stop() {
                break;
            }
            match operation {
                TypedInstruction::SaveState(_) if saved.len() < 4096 => saved.push(self.state.clone()),
                TypedInstruction::RestoreState(_) => {
                    if let Some(state) = saved.pop() {
                        self.state = state;
                    }
                }
                operation => self.apply(&operation, resources, marks),
            }
        }
        while self.marked.len() > marks {
            self.end_marked();
        }
        self.state = entered;
    }

    fn must_stop(&mut self) -> bool {
        self.operators += 1;
        if self.content.glyphs.len() > MAX_GLYPHS
            || self.operators.is_multiple_of(OPERATORS_PER_CHECK) && !(self.go_on)()
        {
            self.stopped = true;
            self.content.incomplete = true;
        }
        self.stopped
    }

    fn apply(&mut self, operation: &TypedInstruction<'_, '_>, resources: &Resources<'a>, marks: usize) {
        use TypedInstruction as Op;
        match operation {
            Op::Transform(matrix) => self.state.ctm *= affine(matrix),
            Op::SetGraphicsState(name) => self.set_graphics_state(name.0, resources),
            Op::XObject(name) => self.draw_object(name.0, resources),
            Op::InlineImage(_) if self.is_visible() => self.content.images.push(image_box(self.state.ctm)),
            Op::BeginMarkedContent(_) => self.begin_marked(None, true),
            Op::BeginMarkedContentWithProperties(begin) => {
                self.begin_marked_with(begin.0, begin.1, resources);
            }
            Op::EndMarkedContent(_) if self.marked.len() > marks => self.end_marked(),
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.content.paths += 1,
            operation => self.apply_text_state(operation, resources),
        }
    }

    fn apply_text_state(&mut self, operation: &TypedInstruction<'_, '_>, resources: &Resources<'a>) {
        use TypedInstruction as Op;
        let state = &mut self.state;
        match operation {
            Op::BeginText(_) => state.begin_text(),
            Op::CharacterSpacing(value) => state.character_space = value.0.as_f64(),
            Op::WordSpacing(value) => state.word_space = value.0.as_f64(),
            Op::HorizontalScaling(value) => state.stretch = value.0.as_f64() / 100.0,
            Op::TextLeading(value) => state.leading = value.0.as_f64(),
            Op::TextRise(value) => state.rise = value.0.as_f64(),
            Op::TextRenderingMode(mode) => state.invisible = mode.0.as_i64() == 3,
            Op::TextFont(font) => {
                state.font_size = font.1.as_f64();
                let dict = resources.get_font(font.0);
                self.state.font = match dict {
                    Some(dict) => self.fonts.font(&dict),
                    None => self.fonts.fallback(),
                };
            }
            operation => self.apply_text(operation),
        }
    }

    fn apply_text(&mut self, operation: &TypedInstruction<'_, '_>) {
        use TypedInstruction as Op;
        let state = &mut self.state;
        match operation {
            Op::NextLine(shift) => state.next_line(shift.0.as_f64(), shift.1.as_f64()),
            Op::NextLineAndSetLeading(shift) => {
                state.leading = -shift.1.as_f64();
                state.next_line(shift.0.as_f64(), shift.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Op::SetTextMatrix(m) => {
                let numbers = [&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(|number| number.as_f64());
                state.set_text_matrix(Affine::new(numbers));
            }
            Op::ShowText(text) => self.show(text.0.as_bytes()),
            Op::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                state.word_space = text.0.as_f64();
                state.character_space = text.1.as_f64();
                state.next_line(0.0, -state.leading);
                self.show(text.2.as_bytes());
            }
            Op::ShowTexts(pieces) => self.show_pieces(pieces.0),
            _ => {}
        }
    }

    fn show_pieces(&mut self, pieces: &Array<'_>) {
        for piece in pieces.iter::<Object<'_>>() {
            match piece {
                Object::Number(number) => self.state.adjust(number.as_f64()),
                Object::String(text) => self.show(text.as_bytes()),
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        if self.state.font.is_none() {
            self.state.font = self.fonts.fallback();
        }
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let visible = self.is_visible();
        let mut offset = 0;
        while offset < bytes.len() && self.content.glyphs.len() <= MAX_GLYPHS {
            let shown = font.read(bytes, offset);
            offset += shown.bytes;
            if visible {
                self.place(&font, &shown);
            }
            let is_space = shown.bytes == 1 && shown.code == 32;
            self.state.advance_by_character(shown.width, is_space, !font.is_horizontal());
        }
    }

    /// Adds a character code's glyphs: as many as the characters it stands for.
    fn place(&mut self, font: &Rc<PdfFont<'a>>, shown: &ShownCode) {
        if shown.text.chars().all(|c| c == ' ') {
            self.after_space |= !shown.text.is_empty();
            return;
        }
        let Some(mut whole) = placed_glyph(self.state.glyph_matrix(), font, shown) else {
            return;
        };
        whole.invisible = self.state.invisible;
        whole.after_space = std::mem::take(&mut self.after_space);
        let count = shown.text.chars().count();
        for (index, character) in shown.text.chars().enumerate() {
            if character != ' ' {
                self.content.glyphs.push(whole.part(index, count, character));
            }
        }
    }

    fn set_graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(settings) = resources.get_ext_g_state(name) else {
            return;
        };
        let Some(font) = settings.get::<Array<'a>>(FONT) else {
            return;
        };
        if let Some(dict) = font.iter::<Dict<'a>>().next() {
            self.state.font = self.fonts.font(&dict);
        }
        if let Some(Object::Number(size)) = font.iter::<Object<'_>>().nth(1) {
            self.state.font_size = size.as_f64();
        }
    }

    fn draw_object(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(object) = resources.get_x_object(name) else {
            return;
        };
        if !self.is_visible() || !self.shows(object.dict(), OC) {
            return;
        }
        let subtype = object.dict().get::<Name<'_>>(SUBTYPE);
        match subtype.as_ref().map(|name| name.as_str()) {
            Some("Image") => self.content.images.push(image_box(self.state.ctm)),
            Some("Form") => self.draw_form_at(&object, Affine::IDENTITY, resources),
            _ => {}
        }
    }

    /// Runs a form XObject, with `placement` applied outside its own matrix.
    pub fn draw_form_at(&mut self, form: &Stream<'a>, placement: Affine, resources: &Resources<'a>) {
        if self.depth >= MAX_FORM_DEPTH || self.stopped {
            return;
        }
        let Ok(data) = form.decoded_data() else {
            self.content.incomplete = true;
            return;
        };
        let own = form.dict().get::<Dict<'a>>(RESOURCES).map(Resources::new);
        let matrix =
            Affine::new(form.dict().get::<[f64; 6]>(MATRIX).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
        let outer = self.state.clone();
        self.state.ctm *= placement * matrix;
        self.depth += 1;
        self.run(&data, own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        self.state = outer;
    }

    /// Whether the layer that `owner` names under `key` is switched on.
    pub fn shows(&self, owner: &Dict<'_>, key: &[u8]) -> bool {
        self.optional.shows(owner, key)
    }

    fn is_visible(&self) -> bool {
        self.marked.last().is_none_or(|marked| marked.visible)
    }

    fn begin_marked_with(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        let named = match properties {
            Object::Name(name) => Some(name),
            _ => None,
        };
        let visible = match named {
            Some(name) if tag.as_str() == "OC" => self.shows(&resources.properties, name.as_ref()),
            _ => true,
        };
        let text = match named {
            Some(name) => resources
                .properties
                .get::<Dict<'_>>(name.as_ref())
                .and_then(|dict| actual_text::of_properties(&dict)),
            None => dict_or_stream(properties).and_then(|(dict, _)| actual_text::of_properties(dict)),
        };
        self.begin_marked(text, visible);
    }

    fn begin_marked(&mut self, actual_text: Option<String>, visible: bool) {
        let visible = visible && self.is_visible();
        self.marked.push(Marked { actual_text, first_glyph: self.content.glyphs.len(), visible });
    }

    fn end_marked(&mut self) {
        if let Some(Marked { actual_text: Some(text), first_glyph, .. }) = self.marked.pop() {
            actual_text::replace(&mut self.content.glyphs, first_glyph, &text);
        }
    }
}

fn affine(m: &Transform) -> Affine {
    Affine::new([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(|number| number.as_f64()))
}

/// The glyph of a code in user space; none where it has no place there (a matrix without extent, numbers too large).
fn placed_glyph(matrix: Affine, font: &PdfFont<'_>, shown: &ShownCode) -> Option<Glyph> {
    let linear = |x: f64, y: f64| matrix * Point::new(x, y) - matrix * Point::ORIGIN;
    let (along, across, origin, ascent, descent) = if font.is_horizontal() {
        (linear(1.0, 0.0), linear(0.0, 1.0), Point::ORIGIN, font.extent.ascent, font.extent.descent)
    } else {
        let top = Point::new(0.0, 0.0);
        (linear(0.0, -1.0), linear(1.0, 0.0), top, 0.5, 0.5)
    };
    let unit = along.hypot();
    let direction: Vec2 = along / unit;
    let height = (across.y * direction.x - across.x * direction.y).abs();
    let origin = matrix * origin;
    let advance = shown.width.abs() * unit;
    let glyph = Glyph {
        character: ' ',
        origin: (origin.x as f32, origin.y as f32),
        direction: (direction.x as f32, direction.y as f32),
        advance: advance as f32,
        ascent: (ascent * height) as f32,
        descent: (descent * height) as f32,
        invisible: false,
        guessed: shown.guessed,
        after_space: false,
    };
    let finite =
        origin.x.abs() < 1e6 && origin.y.abs() < 1e6 && advance < 1e6 && height > 1e-4 && height < 1e5;
    (finite && glyph.direction.0.is_finite() && glyph.direction.1.is_finite()).then_some(glyph)
}
