//! Leftover markup tokens, templates, page furniture.

mod bbcode;
pub(super) mod entity;
mod html_tag;
mod image_caption;
mod line_edges;
mod markdown_mark;
pub(super) mod near;
mod page_furniture;
mod phrases;
mod repeated_text;
mod stamps;
mod stray_brace;
mod unused_directive;

use super::Check;

/// The checks of this family, by name.
pub(super) static CHECKS: &[&dyn Check] = &[
    &bbcode::BbCode,
    &entity::Entity,
    &html_tag::HtmlTag,
    &image_caption::ImageCaption,
    &markdown_mark::MarkdownMark,
    &page_furniture::PageFurniture,
    &repeated_text::RepeatedText,
    &stray_brace::StrayBrace,
    &unused_directive::UnusedDirective,
];
