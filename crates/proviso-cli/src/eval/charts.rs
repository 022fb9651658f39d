//! The three charts of a study of precisions, as SVG: time, memory and quality.

use anyhow::anyhow;
use plotters::{
    coord::ranged1d::{IntoSegmentedCoord, SegmentValue},
    prelude::*,
};
use proviso_app::Studied;

const SIZE: (u32, u32) = (640, 400);
const FONT: &str = "sans-serif";
/// Of Okabe and Ito, whom colour-blind people can follow too.
const BLUE: RGBColor = RGBColor(0, 114, 178);
const ORANGE: RGBColor = RGBColor(230, 159, 0);

/// Bars of one kind: what they stand for, their colour, and one value for each level.
struct Series {
    name: &'static str,
    colour: RGBColor,
    values: Vec<f64>,
}

/// File names and charts.
pub fn of(model: &str, studied: &[Studied]) -> anyhow::Result<Vec<(&'static str, String)>> {
    let levels: Vec<String> = studied.iter().map(|level| level.precision.to_string()).collect();
    let one = |name, of: &dyn Fn(&Studied) -> f64| {
        vec![Series { name, colour: BLUE, values: studied.iter().map(of).collect() }]
    };
    let contracts = studied.first().map_or(0, |level| level.evaluation.contracts);
    let title = |what: &str| format!("{model}: {what}, {contracts} contracts");
    let time = one("seconds", &|level| level.evaluation.seconds);
    let memory = one("MB", &|level| level.peak_mb.unwrap_or(0.0));
    let mut quality = one("weighted F1", &|level| level.evaluation.report.weighted_f1);
    let aupr = studied.iter().map(|level| level.evaluation.report.aupr).collect();
    quality.push(Series { name: "AUPR", colour: ORANGE, values: aupr });
    Ok(vec![
        ("time.svg", bars(&title("seconds on this processor"), &levels, &time, 1)?),
        ("memory.svg", bars(&title("peak memory in MB"), &levels, &memory, 0)?),
        ("quality.svg", bars(&title("what is found"), &levels, &quality, 3)?),
    ])
}

/// A group of bars for each level, each with its value in so many decimals. Bars begin at 0.
fn bars(title: &str, levels: &[String], series: &[Series], decimals: usize) -> anyhow::Result<String> {
    let mut svg = String::new();
    draw(&mut svg, title, levels, series, decimals)
        .map_err(|error| anyhow!("the chart `{title}`: {error}"))?;
    Ok(svg)
}

fn draw(
    svg: &mut String,
    title: &str,
    levels: &[String],
    series: &[Series],
    decimals: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let highest = series.iter().flat_map(|of| &of.values).fold(0.0, |a: f64, b| a.max(*b));
    let highest = if highest > 0.0 { highest * 1.15 } else { 1.0 };
    let mut chart = ChartBuilder::on(&root)
        .caption(title, (FONT, 18))
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(56)
        .build_cartesian_2d((0..levels.len().saturating_sub(1)).into_segmented(), 0.0..highest)?;
    let name = |at: &SegmentValue<usize>| match at {
        SegmentValue::CenterOf(level) => levels.get(*level).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .x_labels(levels.len())
        .x_label_formatter(&name)
        .y_label_formatter(&|value: &f64| format!("{value:.*}", decimals.min(1)))
        .label_style((FONT, 14))
        .draw()?;
    for (place, of) in series.iter().enumerate() {
        // Bars of a level stand side by side; plotters places them in pixels from the level's centre.
        let width = 56 / series.len() as i32;
        let left = -28 + width * place as i32;
        let style = of.colour.filled();
        let bar = |(level, value): (usize, &f64)| {
            let (_, bottom) = chart.backend_coord(&(SegmentValue::CenterOf(level), 0.0));
            let (centre, top) = chart.backend_coord(&(SegmentValue::CenterOf(level), *value));
            (
                Rectangle::new([(centre + left, top), (centre + left + width - 2, bottom)], style),
                centre + left,
                top,
                *value,
            )
        };
        let drawn: Vec<_> = of.values.iter().enumerate().map(bar).collect();
        for (rectangle, left, top, value) in drawn {
            root.draw(&rectangle)?;
            root.draw_text(
                &format!("{value:.decimals$}"),
                &(FONT, 12).into_text_style(&root),
                (left, top - 16),
            )?;
        }
    }
    if series.len() > 1 {
        for (place, of) in series.iter().enumerate() {
            let at = (SIZE.0 as i32 - 130, 40 + 18 * place as i32);
            root.draw(&Rectangle::new([at, (at.0 + 12, at.1 + 12)], of.colour.filled()))?;
            root.draw_text(of.name, &(FONT, 13).into_text_style(&root), (at.0 + 18, at.1))?;
        }
    }
    root.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &'static str, values: &[f64]) -> Series {
        Series { name, colour: BLUE, values: values.to_vec() }
    }

    #[test]
    fn a_higher_bar_stands_for_a_higher_value_and_each_is_named() {
        let levels = ["f32".to_owned(), "int8".to_owned()];
        let svg = bars("seconds", &levels, &[series("seconds", &[80.0, 20.0])], 1).unwrap();
        for text in ["f32", "int8", "80.0", "20.0", "seconds"] {
            assert!(svg.contains(text), "{text}: {svg}");
        }
        let heights: Vec<f64> = svg
            .lines()
            .filter(|line| line.contains("<rect") && line.contains("#0072B2"))
            .map(|line| line.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(heights.len(), 2, "{svg}");
        assert!((heights[0] / heights[1] - 4.0).abs() < 0.1, "{heights:?}");
    }

    #[test]
    fn two_series_have_a_legend_and_nothing_known_is_no_error() {
        let levels = ["f32".to_owned()];
        let svg = bars("x", &levels, &[series("AUPR", &[0.0]), series("weighted F1", &[0.0])], 3).unwrap();
        assert!(svg.contains("AUPR") && svg.contains("weighted F1"));
    }
}
