//! What products are described with: options and their values, types and their attributes, collections.

use domain::language::Localised;
use entity::catalog::{attribute, collection, option_value, product_option, product_type};
use sea_orm::Set;

use super::{
    desk::{At, position},
    files::Files,
    format_catalog::{Collections, Options, Types},
    plan::{Kind, Work},
};

pub(super) fn plan(work: &mut Work, files: &Files) {
    options(work, &files.options);
    for (file, department) in &files.departments {
        for value in &department.option_value {
            option_value(work, At { file, kind: "option_value", code: &value.code }, &value.option, &value.name);
        }
    }
    types(work, &files.types);
    collections(work, &files.collections);
}

fn options(work: &mut Work, options: &Options) {
    let file = "options.toml";
    for (index, option) in options.option.iter().enumerate() {
        let at = At { file, kind: "option", code: &option.code };
        let (id, code) = (work.desk.id(), work.desk.code(at, &option.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &option.name);
        work.rows.options.push(product_option::ActiveModel {
            id: Set(id),
            code: Set(code),
            position: Set(position(index)),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            ..Default::default()
        });
        work.known.options.add(&mut work.desk, at, &option.code, id);
        for value in &option.values {
            let name = Localised { ar: value.ar.clone(), en: value.en.clone() };
            option_value(work, At { file, kind: "option value", code: &value.code }, &option.code, &name);
        }
    }
}

fn option_value(work: &mut Work, at: At<'_>, option: &str, name: &Localised) {
    let Some(option_id) = work.known.options.find(&mut work.desk, at, option) else { return };
    let (id, code) = (work.desk.id(), work.desk.code(at, at.code));
    let (name_ar, name_en) = work.desk.name(at, "name", name);
    work.known.values.add(&mut work.desk, at, &format!("{option}/{}", at.code), id);
    work.rows.option_values.push(option_value::ActiveModel {
        id: Set(id),
        option_id: Set(option_id),
        code: Set(code),
        // Counted over all options: of one option they still ascend.
        position: Set(position(work.rows.option_values.len())),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        ..Default::default()
    });
}

fn types(work: &mut Work, types: &Types) {
    let file = "types.toml";
    for attribute in &types.attribute {
        let at = At { file, kind: "attribute", code: &attribute.code };
        let (id, code) = (work.desk.id(), work.desk.code(at, &attribute.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &attribute.name);
        work.known.attributes.add(&mut work.desk, at, &attribute.code, id);
        work.rows.attributes.push(attribute::ActiveModel {
            id: Set(id),
            code: Set(code),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            ..Default::default()
        });
    }
    for kind in &types.kind {
        let at = At { file, kind: "type", code: &kind.code };
        let (id, code) = (work.desk.id(), work.desk.code(at, &kind.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &kind.name);
        for attribute in &kind.attributes {
            work.known.attributes.find(&mut work.desk, at, attribute);
        }
        let known = Kind { id, attributes: kind.attributes.clone() };
        work.known.types.add(&mut work.desk, at, &kind.code, known);
        work.rows.types.push(product_type::ActiveModel {
            id: Set(id),
            code: Set(code),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            ..Default::default()
        });
    }
}

fn collections(work: &mut Work, collections: &Collections) {
    for (index, collection) in collections.collection.iter().enumerate() {
        let at = At { file: "collections.toml", kind: "collection", code: &collection.code };
        let (id, slug) = (work.desk.id(), work.desk.slug(at, "code", &collection.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &collection.name);
        let (description_ar, description_en) = work.desk.description(at, collection.description.as_ref());
        work.known.collections.add(&mut work.desk, at, &collection.code, id);
        work.rows.collections.push(collection::ActiveModel {
            id: Set(id),
            slug: Set(slug),
            position: Set(position(index)),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            description_ar: Set(description_ar),
            description_en: Set(description_en),
            ..Default::default()
        });
    }
}
