//! The kinds of objects that MongoDB has, and the facts that only it knows.

use model::ObjectKind;
use model::engine::{AttributeDescriptor, KindDescriptor, Tab, TreeGroup};

const RELATIONS: &[ObjectKind] = &[ObjectKind::Collection, ObjectKind::View];

/// The kinds, parents first.
pub(super) const KINDS: &[KindDescriptor] = &[
    KindDescriptor {
        kind: ObjectKind::Server,
        label: "Server",
        plural: "Servers",
        parents: &[],
        children: &[
            folder("Users and roles", &[ObjectKind::Role]),
            folder("Shards", &[ObjectKind::Shard]),
            folder("Zones", &[ObjectKind::Zone]),
        ],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[
            attribute(
                "topology",
                "Topology",
                "A single server, a replica set or a sharded cluster.",
            ),
            attribute("replica_set", "Replica set", ""),
            attribute(
                "members",
                "Members",
                "The servers that the replica set says it has.",
            ),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Role,
        label: "User or role",
        plural: "Users and roles",
        parents: &[ObjectKind::Server],
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            attribute(
                "login",
                "Can sign in",
                "A user; roles are only given to users.",
            ),
            attribute(
                "database",
                "Database",
                "The database that it is defined in.",
            ),
            attribute(
                "mechanisms",
                "Mechanisms",
                "The ways in which the user may sign in.",
            ),
            attribute("member_of", "Has the roles", ""),
            attribute("privileges", "Privileges", "What the role itself allows."),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Shard,
        label: "Shard",
        plural: "Shards",
        parents: &[ObjectKind::Server],
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            attribute("hosts", "Hosts", ""),
            attribute("zones", "Zones", "The zones whose ranges it takes."),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Zone,
        label: "Zone range",
        plural: "Zone ranges",
        parents: &[ObjectKind::Server],
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            attribute("zone", "Zone", ""),
            attribute(
                "collection",
                "Collection",
                "Database and collection whose keys it divides.",
            ),
            attribute("from", "From", "The least key of the range."),
            attribute(
                "to",
                "To",
                "The key that ends the range and is no longer in it.",
            ),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Database,
        label: "Database",
        plural: "Databases",
        parents: &[],
        children: &[
            folder("Collections", &[ObjectKind::Collection]),
            folder("Views", &[ObjectKind::View]),
        ],
        tabs: &[Tab::Contents, Tab::Details],
        attributes: &[attribute(
            "primary_shard",
            "Primary shard",
            "The shard that holds the collections that are not sharded.",
        )],
    },
    KindDescriptor {
        kind: ObjectKind::Collection,
        label: "Collection",
        plural: "Collections",
        parents: &[ObjectKind::Database],
        children: &[FIELDS, folder("Indexes", &[ObjectKind::Index])],
        tabs: &[
            Tab::Fields,
            Tab::Indexes,
            Tab::Validator,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            attribute(
                "capped_size",
                "Capped at bytes",
                "The oldest documents go beyond this size.",
            ),
            attribute(
                "capped_max",
                "Capped at documents",
                "The oldest documents go beyond this number.",
            ),
            attribute(
                "time_field",
                "Time field",
                "The field that holds the time of a measurement.",
            ),
            attribute(
                "meta_field",
                "Meta field",
                "The field that says what was measured.",
            ),
            attribute(
                "granularity",
                "Granularity",
                "How far apart measurements are expected.",
            ),
            attribute(
                "bucket_span",
                "Bucket span",
                "Most seconds that one bucket covers.",
            ),
            attribute(
                "bucket_rounding",
                "Bucket rounding",
                "Seconds that the start of a bucket is rounded to.",
            ),
            attribute(
                "expire_after",
                "Expires after",
                "Seconds after which documents are removed.",
            ),
            attribute(
                "clustered_by",
                "Clustered by",
                "The key in whose order documents are stored.",
            ),
            attribute("clustered_name", "Clustered index", ""),
            attribute(
                "collation",
                "Collation",
                "How text is compared unless a query says otherwise.",
            ),
            attribute("validator", "Validator", "What documents must be like."),
            attribute(
                "validation_level",
                "Validation level",
                "Which writes are checked.",
            ),
            attribute(
                "validation_action",
                "Validation action",
                "What happens to documents that fail.",
            ),
            attribute(
                "change_images",
                "Change images",
                "Change streams give documents as they were before and after.",
            ),
            attribute(
                "encrypted_fields",
                "Encrypted fields",
                "Fields that clients encrypt, and how they can be searched.",
            ),
            attribute("storage_engine", "Storage engine options", ""),
            attribute(
                "index_options",
                "Index options",
                "Defaults for indexes made here.",
            ),
            attribute(
                "other_options",
                "Other options",
                "Options that are not listed here by name.",
            ),
            attribute(
                "shard_key",
                "Shard key",
                "How documents are spread over the shards.",
            ),
            attribute("shard_unique", "Shard key is unique", ""),
            attribute(
                "unbalanced",
                "Not balanced",
                "The balancer leaves its chunks where they are.",
            ),
            attribute("system", "System", "It belongs to the server itself."),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::View,
        label: "View",
        plural: "Views",
        parents: &[ObjectKind::Database],
        children: &[FIELDS],
        tabs: &[
            Tab::Fields,
            Tab::Relationships,
            Tab::Definition,
            Tab::Details,
        ],
        attributes: &[
            attribute(
                "view_on",
                "On",
                "The collection or view that its pipeline reads.",
            ),
            attribute("collation", "Collation", "How its pipeline compares text."),
            attribute("depends_on", "Depends on", "What its pipeline reads."),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Field,
        label: "Field",
        plural: "Fields",
        parents: RELATIONS,
        children: &[],
        tabs: &[Tab::Details],
        attributes: &[
            attribute("required", "Required", "The validator asks for it."),
            attribute(
                "declared_types",
                "Declared types",
                "The types that the validator allows.",
            ),
            attribute(
                "allowed_values",
                "Allowed values",
                "The only values that the validator allows.",
            ),
            attribute("title", "Title", ""),
            attribute("pattern", "Pattern", "What texts must match."),
            attribute(
                "minimum",
                "Minimum",
                "The least value that the validator allows.",
            ),
            attribute(
                "maximum",
                "Maximum",
                "The greatest value that the validator allows.",
            ),
            attribute(
                "min_length",
                "Least length",
                "Characters, elements or fields.",
            ),
            attribute(
                "max_length",
                "Greatest length",
                "Characters, elements or fields.",
            ),
            attribute("unique_items", "Elements are unique", ""),
            attribute(
                "closed",
                "No other fields",
                "The validator allows only the declared fields.",
            ),
        ],
    },
    KindDescriptor {
        kind: ObjectKind::Index,
        label: "Index",
        plural: "Indexes",
        parents: &[ObjectKind::Collection],
        children: &[],
        tabs: &[Tab::Definition, Tab::Details],
        attributes: &[
            attribute("keys", "Keys", "What is indexed and how, key by key."),
            attribute(
                "sparse",
                "Sparse",
                "Documents without the key are left out.",
            ),
            attribute(
                "hidden",
                "Hidden",
                "It is kept up to date and no query uses it.",
            ),
            attribute(
                "clustered",
                "Clustered",
                "The collection itself is stored in its order.",
            ),
            attribute(
                "expire_after",
                "Expires after",
                "Seconds after the indexed time, when documents are removed.",
            ),
            attribute("collation", "Collation", "How it compares text."),
            attribute(
                "wildcard_projection",
                "Wildcard projection",
                "The fields that a wildcard covers or leaves out.",
            ),
            attribute(
                "weights",
                "Weights",
                "What each field counts for in a search.",
            ),
            attribute(
                "default_language",
                "Language",
                "Whose rules find the stems of words.",
            ),
            attribute(
                "language_override",
                "Language field",
                "The field that names another language.",
            ),
            attribute("text_version", "Text index version", ""),
            attribute("sphere_version", "2dsphere index version", ""),
            attribute("bits", "Bits", "The precision of positions."),
            attribute("min", "Least coordinate", ""),
            attribute("max", "Greatest coordinate", ""),
            attribute(
                "prepare_unique",
                "Prepared to be unique",
                "New duplicates are refused, old ones remain.",
            ),
            attribute("storage_engine", "Storage engine options", ""),
            attribute(
                "other_options",
                "Other options",
                "Options that are not listed here by name.",
            ),
            attribute(
                "uses",
                "Uses",
                "The power of ten that its uses have reached on the server that was asked, since that started.",
            ),
            attribute("version", "Index version", ""),
        ],
    },
];

const FIELDS: TreeGroup = folder("Fields", &[ObjectKind::Field]);

const fn folder(name: &'static str, kinds: &'static [ObjectKind]) -> TreeGroup {
    TreeGroup {
        folder: Some(name),
        kinds,
    }
}

const fn attribute(
    key: &'static str,
    label: &'static str,
    help: &'static str,
) -> AttributeDescriptor {
    AttributeDescriptor { key, label, help }
}
