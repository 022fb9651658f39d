//! Writes small PDFs for tests: objects, a table of them, a trailer.

/// A PDF in the making. Object 1 is the catalog, object 2 the page tree, object 3 Helvetica.
#[derive(Clone)]
pub struct PdfBuilder {
    objects: Vec<String>,
    pages: Vec<usize>,
    trailer: String,
    catalog: String,
}

impl Default for PdfBuilder {
    fn default() -> Self {
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        Self {
            objects: vec![String::new(), String::new(), font.into()],
            pages: Vec::new(),
            trailer: String::new(),
            catalog: String::new(),
        }
    }
}

impl PdfBuilder {
    /// Adds an object and gives its number.
    pub fn object(&mut self, body: impl Into<String>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// Adds a stream and gives its number.
    pub fn stream(&mut self, entries: &str, content: &str) -> usize {
        self.object(format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len()))
    }

    /// Adds a page with Helvetica as /F1 and object 4 as /F2. `entries` may name boxes, a rotation, annotations; `resources` more than fonts.
    pub fn page_with(mut self, entries: &str, resources: &str, content: &str) -> Self {
        let stream = self.stream("", content);
        let media = if entries.contains("/MediaBox") { "" } else { "/MediaBox [0 0 612 792]" };
        let contents =
            if entries.contains("/Contents") { String::new() } else { format!("/Contents {stream} 0 R") };
        let page = self.object(format!(
            "<< /Type /Page /Parent 2 0 R {media} {entries} {contents} \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R >> {resources} >> >>"
        ));
        self.pages.push(page);
        self
    }

    /// Adds a plain page.
    pub fn page(self, content: &str) -> Self {
        self.page_with("", "", content)
    }

    /// Adds entries to the trailer.
    #[allow(dead_code, reason = "each test binary compiles this module and not all of them encrypt")]
    pub fn trailer(mut self, entries: &str) -> Self {
        self.trailer = entries.into();
        self
    }

    /// Adds entries to the catalog.
    #[allow(dead_code, reason = "each test binary compiles this module and not all of them use it")]
    pub fn catalog(mut self, entries: &str) -> Self {
        self.catalog = entries.into();
        self
    }

    /// The number of a page's object, from page 1.
    #[allow(dead_code, reason = "each test binary compiles this module and not all of them use it")]
    pub fn page_object(&self, number: usize) -> usize {
        self.pages[number - 1]
    }

    fn finish_objects(&mut self) {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog);
        self.objects[1] = format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" "));
    }

    /// The file.
    pub fn build(mut self) -> Vec<u8> {
        self.finish_objects();
        let mut file = String::from("%PDF-1.7\n");
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.push_str(&format!("{} 0 obj\n{body}\nendobj\n", index + 1));
        }
        let table = file.len();
        file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1));
        for offset in &offsets {
            file.push_str(&format!("{offset:010} 00000 n \n"));
        }
        let size = offsets.len() + 1;
        file.push_str(&format!(
            "trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{table}\n%%EOF\n",
            self.trailer
        ));
        file.into_bytes()
    }

    /// The same file as newer programs write it: objects in an object stream, the table of objects in another stream.
    #[allow(dead_code, reason = "each test binary compiles this module and not all of them use it")]
    pub fn build_with_streams(mut self) -> Vec<u8> {
        self.finish_objects();
        let mut file = b"%PDF-1.7\n".to_vec();
        let (mut heads, mut packed, mut rows) = (String::new(), String::new(), vec![vec![0, 0, 0, 0, 0]]);
        let (pack, table) = (self.objects.len() + 1, self.objects.len() + 2);
        let mut count = 0;
        for (index, body) in self.objects.iter().enumerate() {
            if body.ends_with("endstream") {
                rows.push([&[1], &(file.len() as u32).to_be_bytes()[1..], &[0]].concat());
                file.extend(format!("{} 0 obj\n{body}\nendobj\n", index + 1).bytes());
            } else {
                rows.push([&[2], &(pack as u32).to_be_bytes()[1..], &[count]].concat());
                heads.push_str(&format!("{} {} ", index + 1, packed.len()));
                packed.push_str(&format!("{body}\n"));
                count += 1;
            }
        }
        let place = |file: &Vec<u8>| [&[1], &(file.len() as u32).to_be_bytes()[1..], &[0]].concat();
        rows.push(place(&file));
        let content = format!("{heads}{packed}");
        file.extend(
            format!(
                "{pack} 0 obj\n<< /Type /ObjStm /N {count} /First {} /Length {} >>\nstream\n{content}\nendstream\nendobj\n",
                heads.len(),
                content.len()
            )
            .bytes(),
        );
        rows.push(place(&file));
        let (at, rows) = (file.len(), rows.concat());
        file.extend(
            format!(
                "{table} 0 obj\n<< /Type /XRef /Size {} /W [1 3 1] /Root 1 0 R {} /Length {} >>\nstream\n",
                table + 1,
                self.trailer,
                rows.len()
            )
            .bytes(),
        );
        file.extend(rows);
        file.extend(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
        file
    }
}

/// Content that shows lines of ten-point text downwards from a point.
#[allow(dead_code, reason = "each test binary compiles this module and not all of them use it")]
pub fn text_at(x: i32, y: i32, lines: &[&str]) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
    format!("BT /F1 10 Tf 12 TL {x} {y} Td {} ET\n", shown.join(" "))
}
