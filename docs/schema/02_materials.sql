-- Materials
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table materials (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  material_number      text not null,
  material_name        text not null,
  material_name_key    text generated always as (lower(material_name)) stored not null,
  description          text,
  material_category_id integer not null,
  material_type        text default 'COMPONENT'::text not null,
  base_unit_id         integer not null,
  plant_id             integer,
  procurement_type     text default 'PURCHASE'::text not null,
  tracking_mode        text default 'NONE'::text not null,
  shelf_life_days      integer,
  mrp_type             text default 'NONE'::text not null,
  safety_stock         numeric(18,4) default 0 not null,
  reorder_point        numeric(18,4) default 0 not null,
  lead_time_days       integer default 0 not null,
  lot_sizing_rule      text default 'LOT_FOR_LOT'::text not null,
  fixed_lot_size       numeric(18,4),
  poq_period           text,
  poq_periods          integer,
  standard_cost        numeric(18,4),
  gtin                 text,
  drawing_number       text,
  is_active            boolean default true not null,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint materials_pkey PRIMARY KEY (id),
  constraint materials_gtin_key UNIQUE (organization_id, gtin),
  constraint materials_id_key UNIQUE (organization_id, id),
  constraint materials_material_number_key UNIQUE (organization_id, material_number),
  constraint materials_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 2000),
  constraint materials_drawing_number_check CHECK (char_length(drawing_number) >= 1 AND char_length(drawing_number) <= 100),
  constraint materials_fixed_lot_size_check CHECK (fixed_lot_size >= 0::numeric),
  constraint materials_gtin_check CHECK (char_length(gtin) >= 1 AND char_length(gtin) <= 14 AND gtin ~ '^[0-9]{8}$|^[0-9]{12,14}$'::text),
  constraint materials_lead_time_days_check CHECK (lead_time_days >= 0),
  constraint materials_lot_sizing_rule_check CHECK (lot_sizing_rule = ANY (ARRAY['LOT_FOR_LOT'::text, 'FIXED_LOT_SIZE'::text, 'EOQ'::text, 'POQ'::text])),
  constraint materials_lot_sizing_rule_fixed_lot_size_check CHECK (lot_sizing_rule <> 'FIXED_LOT_SIZE'::text OR COALESCE(fixed_lot_size, 0::numeric) > 0::numeric),
  constraint materials_lot_sizing_rule_poq_period_check CHECK (lot_sizing_rule <> 'POQ'::text OR poq_period IS NOT NULL AND COALESCE(poq_periods, 0) > 0),
  constraint materials_material_name_check CHECK (char_length(material_name) >= 1 AND char_length(material_name) <= 200),
  constraint materials_material_number_check CHECK (material_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint materials_material_type_check CHECK (material_type = ANY (ARRAY['RAW'::text, 'COMPONENT'::text, 'SUBASSEMBLY'::text, 'FINISHED'::text, 'CONSUMABLE'::text, 'TOOL'::text])),
  constraint materials_mrp_type_check CHECK (mrp_type = ANY (ARRAY['MRP'::text, 'REORDER'::text, 'NONE'::text])),
  constraint materials_poq_period_check CHECK (poq_period = ANY (ARRAY['DAILY'::text, 'WEEKLY'::text, 'MONTHLY'::text])),
  constraint materials_procurement_type_check CHECK (procurement_type = ANY (ARRAY['PURCHASE'::text, 'MANUFACTURE'::text, 'BOTH'::text])),
  constraint materials_reorder_point_check CHECK (reorder_point >= 0::numeric),
  constraint materials_safety_stock_check CHECK (safety_stock >= 0::numeric),
  constraint materials_standard_cost_check CHECK (standard_cost >= 0::numeric),
  constraint materials_tracking_mode_check CHECK (tracking_mode = ANY (ARRAY['NONE'::text, 'LOT'::text, 'SERIAL'::text, 'LOT_AND_SERIAL'::text])),
  constraint materials_base_unit_id_fkey FOREIGN KEY (organization_id, base_unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint materials_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint materials_material_category_id_fkey FOREIGN KEY (organization_id, material_category_id) REFERENCES material_categories(organization_id, id),
  constraint materials_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint materials_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint materials_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX materials_material_category_id_idx ON materials USING btree (organization_id, material_category_id);
CREATE INDEX materials_material_name_key_idx ON materials USING btree (organization_id, material_name_key text_pattern_ops);
CREATE TRIGGER audit_delete AFTER DELETE ON materials REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('material_number');
CREATE TRIGGER audit_insert AFTER INSERT ON materials REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('material_number');
CREATE TRIGGER audit_update AFTER UPDATE ON materials REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('material_number');
CREATE TRIGGER feed_delete AFTER DELETE ON materials REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON materials REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON materials REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON materials FOR EACH ROW WHEN (old.material_number IS DISTINCT FROM new.material_number OR old.material_name IS DISTINCT FROM new.material_name OR old.description IS DISTINCT FROM new.description OR old.material_category_id IS DISTINCT FROM new.material_category_id OR old.material_type IS DISTINCT FROM new.material_type OR old.base_unit_id IS DISTINCT FROM new.base_unit_id OR old.plant_id IS DISTINCT FROM new.plant_id OR old.procurement_type IS DISTINCT FROM new.procurement_type OR old.tracking_mode IS DISTINCT FROM new.tracking_mode OR old.shelf_life_days IS DISTINCT FROM new.shelf_life_days OR old.mrp_type IS DISTINCT FROM new.mrp_type OR old.safety_stock IS DISTINCT FROM new.safety_stock OR old.reorder_point IS DISTINCT FROM new.reorder_point OR old.lead_time_days IS DISTINCT FROM new.lead_time_days OR old.lot_sizing_rule IS DISTINCT FROM new.lot_sizing_rule OR old.fixed_lot_size IS DISTINCT FROM new.fixed_lot_size OR old.poq_period IS DISTINCT FROM new.poq_period OR old.poq_periods IS DISTINCT FROM new.poq_periods OR old.standard_cost IS DISTINCT FROM new.standard_cost OR old.gtin IS DISTINCT FROM new.gtin OR old.drawing_number IS DISTINCT FROM new.drawing_number OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table materials is
  'Item master: raw, bought, made, sold, consumed.';
comment on column materials.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column materials.organization_id is 'Tenant; part of every key and of the policy.';
comment on column materials.material_name_key is 'Normalised for prefix search with starts_with.';
comment on column materials.description is 'Free words.';
comment on column materials.material_category_id is 'Where it stands in the tree of categories.';
comment on column materials.material_type is 'Place in the product: bought, made, sold or used up.';
comment on column materials.base_unit_id is 'Unit in which stock and orders count; others convert to it.';
comment on column materials.plant_id is 'NULL = all plants.';
comment on column materials.procurement_type is 'PURCHASE = bought, MANUFACTURE = made by work orders, BOTH.';
comment on column materials.tracking_mode is 'Decides whether a terminal must ask for a lot or serial.';
comment on column materials.shelf_life_days is 'Proposes expires_on of a new lot.';
comment on column materials.mrp_type is 'MRP = planned by demand, REORDER = by reorder_point, NONE = by hand.';
comment on column materials.safety_stock is 'Never planned below, in the base unit.';
comment on column materials.reorder_point is 'At or below it a need is raised (mrp_type REORDER), in the base unit.';
comment on column materials.lead_time_days is 'From ordering to having it, calendar days.';
comment on column materials.lot_sizing_rule is 'LOT_FOR_LOT = need; FIXED_LOT_SIZE = ceil(need / size) × size; EOQ = √(2·D·S / (H·C)); POQ = sum of the need of poq_periods periods.';
comment on column materials.fixed_lot_size is 'For FIXED_LOT_SIZE.';
comment on column materials.poq_period is 'For POQ: need of poq_periods such periods makes a lot.';
comment on column materials.poq_periods is 'For POQ: how many poq_period make one lot.';
comment on column materials.standard_cost is 'Per base unit.';
comment on column materials.gtin is 'GS1 number as printed: 8, 12, 13 or 14 digits.';
comment on column materials.drawing_number is 'Drawing it is made to.';
comment on column materials.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column materials.created_at is 'When the row was made.';
comment on column materials.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column materials.updated_at is 'When it last became a new version.';
comment on column materials.updated_by is 'Who made the last version.';
comment on column materials.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table material_categories (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  category_code      text not null,
  category_name      text not null,
  parent_category_id integer,
  is_active          boolean default true not null,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint material_categories_pkey PRIMARY KEY (id),
  constraint material_categories_category_code_key UNIQUE (organization_id, category_code),
  constraint material_categories_id_key UNIQUE (organization_id, id),
  constraint material_categories_category_code_check CHECK (category_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint material_categories_category_name_check CHECK (char_length(category_name) >= 1 AND char_length(category_name) <= 100),
  constraint material_categories_parent_category_id_id_check CHECK (parent_category_id <> id),
  constraint material_categories_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint material_categories_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint material_categories_parent_category_id_fkey FOREIGN KEY (organization_id, parent_category_id) REFERENCES material_categories(organization_id, id),
  constraint material_categories_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE TRIGGER audit_delete AFTER DELETE ON material_categories REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('category_code');
CREATE TRIGGER audit_insert AFTER INSERT ON material_categories REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('category_code');
CREATE TRIGGER audit_update AFTER UPDATE ON material_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('category_code');
CREATE TRIGGER feed_delete AFTER DELETE ON material_categories REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON material_categories REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON material_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE OF parent_category_id ON material_categories FOR EACH ROW WHEN (new.parent_category_id IS NOT NULL) EXECUTE FUNCTION app.guard_category_tree();
CREATE TRIGGER touch BEFORE UPDATE ON material_categories FOR EACH ROW WHEN (old.category_code IS DISTINCT FROM new.category_code OR old.category_name IS DISTINCT FROM new.category_name OR old.parent_category_id IS DISTINCT FROM new.parent_category_id OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table material_categories is
  'Tree used to classify and filter materials.';
comment on column material_categories.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column material_categories.organization_id is 'Tenant; part of every key and of the policy.';
comment on column material_categories.category_code is 'Short name, unique in the organization.';
comment on column material_categories.category_name is 'Name as shown.';
comment on column material_categories.parent_category_id is 'NULL = a root; at most 10 levels, no circle.';
comment on column material_categories.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column material_categories.created_at is 'When the row was made.';
comment on column material_categories.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column material_categories.updated_at is 'When it last became a new version.';
comment on column material_categories.updated_by is 'Who made the last version.';
comment on column material_categories.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table units_of_measure (
  id              integer generated always as identity not null,
  organization_id integer not null,
  unit_code       text not null,
  unit_name       text not null,
  labels          jsonb default '{}'::jsonb not null,
  dimension       text not null,
  is_base         boolean default false not null,
  factor_to_base  numeric(24,12) default 1 not null,
  offset_to_base  numeric(24,12) default 0 not null,
  decimals        smallint default 3 not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint units_of_measure_pkey PRIMARY KEY (id),
  constraint units_of_measure_id_key UNIQUE (organization_id, id),
  constraint units_of_measure_unit_code_key UNIQUE (organization_id, unit_code),
  constraint units_of_measure_decimals_check CHECK (decimals >= 0 AND decimals <= 6),
  constraint units_of_measure_dimension_check CHECK (dimension = ANY (ARRAY['COUNT'::text, 'LENGTH'::text, 'AREA'::text, 'VOLUME'::text, 'MASS'::text, 'TIME'::text, 'TEMPERATURE'::text, 'PRESSURE'::text, 'FORCE'::text, 'TORQUE'::text, 'ANGLE'::text, 'ELECTRICAL'::text, 'ROUGHNESS'::text, 'HARDNESS'::text, 'RATIO'::text, 'OTHER'::text])),
  constraint units_of_measure_factor_to_base_check CHECK (factor_to_base > 0::numeric),
  constraint units_of_measure_is_base_factor_to_base_check CHECK (NOT is_base OR factor_to_base = 1::numeric AND offset_to_base = 0::numeric),
  constraint units_of_measure_labels_check CHECK (jsonb_typeof(labels) = 'object'::text),
  constraint units_of_measure_unit_code_check CHECK (char_length(unit_code) >= 1 AND char_length(unit_code) <= 20),
  constraint units_of_measure_unit_name_check CHECK (char_length(unit_name) >= 1 AND char_length(unit_name) <= 100),
  constraint units_of_measure_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint units_of_measure_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint units_of_measure_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX units_of_measure_dimension_key ON units_of_measure USING btree (organization_id, dimension) WHERE is_base;
CREATE TRIGGER audit_delete AFTER DELETE ON units_of_measure REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('unit_code');
CREATE TRIGGER audit_insert AFTER INSERT ON units_of_measure REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('unit_code');
CREATE TRIGGER audit_update AFTER UPDATE ON units_of_measure REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('unit_code');
CREATE TRIGGER feed_delete AFTER DELETE ON units_of_measure REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON units_of_measure REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON units_of_measure REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_unit BEFORE UPDATE OF dimension, factor_to_base, offset_to_base ON units_of_measure FOR EACH ROW WHEN (old.dimension IS DISTINCT FROM new.dimension OR old.factor_to_base IS DISTINCT FROM new.factor_to_base OR old.offset_to_base IS DISTINCT FROM new.offset_to_base) EXECUTE FUNCTION app.guard_unit();
CREATE TRIGGER touch BEFORE UPDATE ON units_of_measure FOR EACH ROW WHEN (old.unit_code IS DISTINCT FROM new.unit_code OR old.unit_name IS DISTINCT FROM new.unit_name OR old.labels IS DISTINCT FROM new.labels OR old.dimension IS DISTINCT FROM new.dimension OR old.is_base IS DISTINCT FROM new.is_base OR old.factor_to_base IS DISTINCT FROM new.factor_to_base OR old.offset_to_base IS DISTINCT FROM new.offset_to_base OR old.decimals IS DISTINCT FROM new.decimals OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table units_of_measure is
  'Units and factors to the base unit of their dimension.';
comment on column units_of_measure.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column units_of_measure.organization_id is 'Tenant; part of every key and of the policy.';
comment on column units_of_measure.unit_code is 'Case-sensitive: mm, kg, PCS.';
comment on column units_of_measure.unit_name is 'Default name; see labels.';
comment on column units_of_measure.labels is 'Words by locale beside the default name.';
comment on column units_of_measure.dimension is 'Units convert only within it; ROUGHNESS, HARDNESS and OTHER never do.';
comment on column units_of_measure.is_base is 'One per dimension; the others convert to it.';
comment on column units_of_measure.factor_to_base is 'Frozen once the unit is used.';
comment on column units_of_measure.offset_to_base is 'Base = value × factor + offset; °F, °C.';
comment on column units_of_measure.decimals is 'Input and display precision.';
comment on column units_of_measure.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column units_of_measure.created_at is 'When the row was made.';
comment on column units_of_measure.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column units_of_measure.updated_at is 'When it last became a new version.';
comment on column units_of_measure.updated_by is 'Who made the last version.';
comment on column units_of_measure.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table bom_headers (
  id              integer generated always as identity not null,
  organization_id integer not null,
  bom_number      text not null,
  bom_version     integer default 1 not null,
  bom_name        text not null,
  material_id     integer not null,
  plant_id        integer,
  bom_type        text default 'PRODUCTION'::text not null,
  base_quantity   numeric(18,4) not null,
  unit_id         integer not null,
  status          text default 'DRAFT'::text not null,
  effective_from  date not null,
  effective_to    date,
  effective       daterange generated always as (
CASE
    WHEN effective_to < effective_from THEN 'empty'::daterange
    ELSE daterange(effective_from, effective_to, '[]'::text)
END) stored not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint bom_headers_pkey PRIMARY KEY (id),
  constraint bom_headers_bom_number_bom_version_key UNIQUE (organization_id, bom_number, bom_version),
  constraint bom_headers_id_key UNIQUE (organization_id, id),
  constraint bom_headers_excl EXCLUDE USING gist (organization_id WITH =, COALESCE(plant_id, 0) WITH =, material_id WITH =, bom_type WITH =, effective WITH &&) WHERE (status = 'ACTIVE'::text),
  constraint bom_headers_base_quantity_check CHECK (base_quantity > 0::numeric),
  constraint bom_headers_bom_name_check CHECK (char_length(bom_name) >= 1 AND char_length(bom_name) <= 200),
  constraint bom_headers_bom_number_check CHECK (bom_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint bom_headers_bom_type_check CHECK (bom_type = ANY (ARRAY['PRODUCTION'::text, 'ENGINEERING'::text, 'PLANNING'::text])),
  constraint bom_headers_bom_version_check CHECK (bom_version >= 1),
  constraint bom_headers_effective_to_effective_from_check CHECK (effective_to >= effective_from),
  constraint bom_headers_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'RETIRED'::text])),
  constraint bom_headers_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint bom_headers_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint bom_headers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint bom_headers_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint bom_headers_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint bom_headers_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX bom_headers_material_id_bom_type_status_idx ON bom_headers USING btree (organization_id, material_id, bom_type, status);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON bom_headers FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON bom_headers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('bom_number');
CREATE TRIGGER audit_insert AFTER INSERT ON bom_headers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('bom_number');
CREATE TRIGGER audit_update AFTER UPDATE ON bom_headers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('bom_number');
CREATE TRIGGER feed_delete AFTER DELETE ON bom_headers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON bom_headers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_moves AFTER UPDATE ON bom_headers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed_scope_moves();
CREATE TRIGGER feed_update AFTER UPDATE ON bom_headers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_bom BEFORE UPDATE ON bom_headers FOR EACH ROW EXECUTE FUNCTION app.guard_bom();
CREATE TRIGGER touch BEFORE UPDATE ON bom_headers FOR EACH ROW WHEN (old.bom_number IS DISTINCT FROM new.bom_number OR old.bom_version IS DISTINCT FROM new.bom_version OR old.bom_name IS DISTINCT FROM new.bom_name OR old.material_id IS DISTINCT FROM new.material_id OR old.plant_id IS DISTINCT FROM new.plant_id OR old.bom_type IS DISTINCT FROM new.bom_type OR old.base_quantity IS DISTINCT FROM new.base_quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.status IS DISTINCT FROM new.status OR old.effective_from IS DISTINCT FROM new.effective_from OR old.effective_to IS DISTINCT FROM new.effective_to) EXECUTE FUNCTION app.touch();
comment on table bom_headers is
  'What is needed to make a base quantity of a material, per version and effectivity.';
comment on column bom_headers.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column bom_headers.organization_id is 'Tenant; part of every key and of the policy.';
comment on column bom_headers.bom_number is 'One per bill; versions share it.';
comment on column bom_headers.bom_version is 'A change of an ACTIVE bill is a new version.';
comment on column bom_headers.bom_name is 'Name of the bill.';
comment on column bom_headers.material_id is 'What the bill makes.';
comment on column bom_headers.plant_id is 'NULL = all plants.';
comment on column bom_headers.bom_type is 'What the bill is for; PRODUCTION is exploded into orders.';
comment on column bom_headers.base_quantity is 'What the lines'' quantities make.';
comment on column bom_headers.unit_id is 'Unit of base_quantity.';
comment on column bom_headers.status is 'Lines change only while DRAFT; a change is a new version.';
comment on column bom_headers.effective_from is 'First day, plant-local.';
comment on column bom_headers.effective_to is 'Last day, inclusive; NULL = open.';
comment on column bom_headers.effective is 'Days on which an ACTIVE bill holds; no two of a plant, material and type overlap.';
comment on column bom_headers.created_at is 'When the row was made.';
comment on column bom_headers.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column bom_headers.updated_at is 'When it last became a new version.';
comment on column bom_headers.updated_by is 'Who made the last version.';
comment on column bom_headers.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table bom_lines (
  id                    integer generated always as identity not null,
  organization_id       integer not null,
  bom_header_id         integer not null,
  line_number           integer not null,
  component_material_id integer not null,
  quantity              numeric(18,4) not null,
  unit_id               integer not null,
  scrap_ratio           numeric(9,6) default 0 not null,
  operation_number      integer,
  is_phantom            boolean default false not null,
  issue_method          text default 'MANUAL'::text not null,
  reference_designator  text,
  created_at            timestamp with time zone default now() not null,
  created_by            integer default app.actor(),
  updated_at            timestamp with time zone default now() not null,
  updated_by            integer default app.actor(),
  row_version           integer default 1 not null,
  constraint bom_lines_pkey PRIMARY KEY (id),
  constraint bom_lines_bom_header_id_line_number_key UNIQUE (organization_id, bom_header_id, line_number),
  constraint bom_lines_id_key UNIQUE (organization_id, id),
  constraint bom_lines_issue_method_check CHECK (issue_method = ANY (ARRAY['BACKFLUSH'::text, 'MANUAL'::text])),
  constraint bom_lines_line_number_check CHECK (line_number > 0),
  constraint bom_lines_quantity_check CHECK (quantity > 0::numeric),
  constraint bom_lines_reference_designator_check CHECK (char_length(reference_designator) >= 1 AND char_length(reference_designator) <= 200),
  constraint bom_lines_scrap_ratio_check CHECK (scrap_ratio >= 0::numeric AND scrap_ratio <= 1::numeric),
  constraint bom_lines_bom_header_id_fkey FOREIGN KEY (organization_id, bom_header_id) REFERENCES bom_headers(organization_id, id) ON DELETE CASCADE,
  constraint bom_lines_component_material_id_fkey FOREIGN KEY (organization_id, component_material_id) REFERENCES materials(organization_id, id),
  constraint bom_lines_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint bom_lines_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint bom_lines_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint bom_lines_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX bom_lines_component_material_id_idx ON bom_lines USING btree (organization_id, component_material_id);
CREATE TRIGGER audit_delete AFTER DELETE ON bom_lines REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_insert AFTER INSERT ON bom_lines REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON bom_lines REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER feed_delete AFTER DELETE ON bom_lines REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON bom_lines REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON bom_lines REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON bom_lines FOR EACH ROW EXECUTE FUNCTION app.guard_frozen('bom_headers', 'bom_header_id', '{DRAFT}');
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE ON bom_lines FOR EACH ROW EXECUTE FUNCTION app.guard_bom_line();
CREATE TRIGGER touch BEFORE UPDATE ON bom_lines FOR EACH ROW WHEN (old.bom_header_id IS DISTINCT FROM new.bom_header_id OR old.line_number IS DISTINCT FROM new.line_number OR old.component_material_id IS DISTINCT FROM new.component_material_id OR old.quantity IS DISTINCT FROM new.quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.scrap_ratio IS DISTINCT FROM new.scrap_ratio OR old.operation_number IS DISTINCT FROM new.operation_number OR old.is_phantom IS DISTINCT FROM new.is_phantom OR old.issue_method IS DISTINCT FROM new.issue_method OR old.reference_designator IS DISTINCT FROM new.reference_designator) EXECUTE FUNCTION app.touch();
comment on table bom_lines is
  'One component of a BOM.';
comment on column bom_lines.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column bom_lines.organization_id is 'Tenant; part of every key and of the policy.';
comment on column bom_lines.line_number is 'Position within the header, unique there.';
comment on column bom_lines.component_material_id is 'What goes in; where-used is read by this column.';
comment on column bom_lines.quantity is 'Per base_quantity of the header.';
comment on column bom_lines.unit_id is 'Unit of quantity; of the same dimension as the component''s base unit.';
comment on column bom_lines.scrap_ratio is 'Allowance; 0.05 = +5 %.';
comment on column bom_lines.operation_number is 'Where it is consumed.';
comment on column bom_lines.is_phantom is 'Exploded through, never stocked.';
comment on column bom_lines.issue_method is 'BACKFLUSH = consumed by reporting output, MANUAL = issued by hand or scan.';
comment on column bom_lines.reference_designator is 'Place on the drawing or board, e.g. R12.';
comment on column bom_lines.created_at is 'When the row was made.';
comment on column bom_lines.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column bom_lines.updated_at is 'When it last became a new version.';
comment on column bom_lines.updated_by is 'Who made the last version.';
comment on column bom_lines.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
