//! A snapshot as a tree of plain data, for JSON.

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::{Snapshot, Walker};

impl Serialize for Snapshot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Snapshot", 2)?;
        let roots: Vec<_> = self.roots().collect();
        out.serialize_field("objects", &Children(&roots))?;
        out.serialize_field("warnings", self.warnings())?;
        out.end()
    }
}

impl Serialize for Walker<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object = self.object();
        let mut out = serializer.serialize_struct("Object", 8)?;
        out.serialize_field("kind", &self.kind())?;
        out.serialize_field("name", &object.name)?;
        out.serialize_field("native_id", &object.native_id)?;
        out.serialize_field("comment", &object.comment)?;
        out.serialize_field("detail", &object.detail)?;
        out.serialize_field("attributes", &object.attributes)?;
        out.serialize_field("statistics", &object.statistics)?;
        let children: Vec<_> = self.children().collect();
        out.serialize_field("children", &Children(&children))?;
        out.end()
    }
}

struct Children<'a>(&'a [Walker<'a>]);

impl Serialize for Children<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(Some(self.0.len()))?;
        for walker in self.0 {
            out.serialize_element(walker)?;
        }
        out.end()
    }
}
