//! The category tree.

use entity::catalog::category;
use sea_orm::Set;

use super::{
    desk::{At, position},
    format_catalog::Category,
    plan::{Node, Work},
};

pub(super) fn plan(work: &mut Work, file: &str, categories: &[Category]) {
    for category in categories {
        let at = At { file, kind: "category", code: &category.slug };
        let (id, slug) = (work.desk.id(), work.desk.slug(at, "slug", &category.slug));
        let (name_ar, name_en) = work.desk.name(at, "name", &category.name);
        let parent = category.parent.as_ref();
        let parent = parent.and_then(|parent| work.known.categories.find(&mut work.desk, at, parent));
        let (parent_id, path, level) = match parent {
            Some(parent) => (Some(parent.id), format!("{}{slug}/", parent.path), parent.level.saturating_add(1)),
            None => (None, format!("/{slug}/"), 1),
        };
        let node = Node { id, path: path.clone(), level };
        work.known.categories.add(&mut work.desk, at, &category.slug, node);
        work.rows.categories.push(category::ActiveModel {
            id: Set(id),
            parent_id: Set(parent_id),
            slug: Set(slug),
            path: Set(path),
            level: Set(level),
            position: Set(position(work.rows.categories.len())),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            ..Default::default()
        });
    }
}
