-- Traceability
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table lot_batches (
  id                  integer generated always as identity not null,
  organization_id     integer not null,
  plant_id            integer not null,
  lot_number          text not null,
  lot_number_key      text generated always as (lower(lot_number)) stored not null,
  material_id         integer not null,
  supplier_lot_number text,
  supplier_name       text,
  source_type         text not null,
  work_order_id       integer,
  source_shipment_id  integer,
  initial_quantity    numeric(18,4) not null,
  current_quantity    numeric(18,4) not null,
  reserved_quantity   numeric(18,4) default 0 not null,
  unit_id             integer not null,
  unit_cost           numeric(18,4),
  produced_on         date,
  received_on         date,
  expires_on          date,
  retest_on           date,
  quality_status      text default 'PENDING'::text not null,
  certificate_file_id integer,
  location            text,
  bin                 text,
  attributes          jsonb default '{}'::jsonb not null,
  is_depleted         boolean generated always as (current_quantity = 0::numeric) stored not null,
  uid                 uuid default pg_catalog.gen_random_uuid() not null,
  device_id           integer,
  device_seq          bigint,
  recorded_at         timestamp with time zone default now() not null,
  created_at          timestamp with time zone default now() not null,
  created_by          integer default app.actor(),
  updated_at          timestamp with time zone default now() not null,
  updated_by          integer default app.actor(),
  row_version         integer default 1 not null,
  constraint lot_batches_pkey PRIMARY KEY (id),
  constraint lot_batches_id_key UNIQUE (organization_id, id),
  constraint lot_batches_lot_number_key UNIQUE (organization_id, lot_number),
  constraint lot_batches_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint lot_batches_uid_key UNIQUE (organization_id, uid),
  constraint lot_batches_attributes_check CHECK (jsonb_typeof(attributes) = 'object'::text),
  constraint lot_batches_bin_check CHECK (char_length(bin) >= 1 AND char_length(bin) <= 50),
  constraint lot_batches_current_quantity_check CHECK (current_quantity >= 0::numeric),
  constraint lot_batches_initial_quantity_check CHECK (initial_quantity > 0::numeric),
  constraint lot_batches_location_check CHECK (char_length(location) >= 1 AND char_length(location) <= 100),
  constraint lot_batches_lot_number_check CHECK (char_length(lot_number) >= 1 AND char_length(lot_number) <= 100),
  constraint lot_batches_quality_status_check CHECK (quality_status = ANY (ARRAY['PENDING'::text, 'RELEASED'::text, 'QUARANTINE'::text, 'REJECTED'::text, 'EXPIRED'::text])),
  constraint lot_batches_reserved_quantity_check CHECK (reserved_quantity >= 0::numeric),
  constraint lot_batches_reserved_quantity_current_quantity_check CHECK (reserved_quantity <= current_quantity),
  constraint lot_batches_retest_on_expires_on_check CHECK (retest_on <= expires_on),
  constraint lot_batches_source_type_check CHECK (source_type = ANY (ARRAY['PURCHASED'::text, 'MANUFACTURED'::text, 'RETURNED'::text, 'ADJUSTED'::text, 'TRANSFERRED'::text])),
  constraint lot_batches_source_type_work_order_id_check CHECK (source_type <> 'MANUFACTURED'::text OR work_order_id IS NOT NULL),
  constraint lot_batches_supplier_lot_number_check CHECK (char_length(supplier_lot_number) >= 1 AND char_length(supplier_lot_number) <= 100),
  constraint lot_batches_supplier_name_check CHECK (char_length(supplier_name) >= 1 AND char_length(supplier_name) <= 255),
  constraint lot_batches_unit_cost_check CHECK (unit_cost >= 0::numeric),
  constraint lot_batches_certificate_file_id_fkey FOREIGN KEY (organization_id, certificate_file_id) REFERENCES file_uploads(organization_id, id),
  constraint lot_batches_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint lot_batches_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint lot_batches_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint lot_batches_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint lot_batches_source_shipment_id_fkey FOREIGN KEY (organization_id, source_shipment_id) REFERENCES shipments(organization_id, id),
  constraint lot_batches_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint lot_batches_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint lot_batches_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id)
);
CREATE INDEX lot_batches_expires_on_idx ON lot_batches USING btree (organization_id, expires_on) WHERE current_quantity > 0::numeric;
CREATE INDEX lot_batches_lot_number_key_idx ON lot_batches USING btree (organization_id, lot_number_key text_pattern_ops);
CREATE INDEX lot_batches_material_id_expires_on_received_on_idx ON lot_batches USING btree (organization_id, material_id, expires_on, received_on) WHERE quality_status = 'RELEASED'::text AND current_quantity > 0::numeric;
CREATE INDEX lot_batches_work_order_id_idx ON lot_batches USING btree (organization_id, work_order_id);
CREATE TRIGGER allow_transition BEFORE UPDATE OF quality_status ON lot_batches FOR EACH ROW WHEN (old.quality_status IS DISTINCT FROM new.quality_status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON lot_batches REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('lot_number');
CREATE TRIGGER audit_update AFTER UPDATE ON lot_batches REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('lot_number');
CREATE TRIGGER feed_delete AFTER DELETE ON lot_batches REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON lot_batches REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON lot_batches REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_lot BEFORE UPDATE OF quality_status ON lot_batches FOR EACH ROW WHEN (old.quality_status IS DISTINCT FROM new.quality_status) EXECUTE FUNCTION app.guard_lot();
CREATE CONSTRAINT TRIGGER guard_stock_insert AFTER INSERT ON lot_batches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.guard_lot_stock();
CREATE CONSTRAINT TRIGGER guard_stock_update AFTER UPDATE ON lot_batches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.current_quantity IS DISTINCT FROM new.current_quantity OR old.quality_status IS DISTINCT FROM new.quality_status) EXECUTE FUNCTION app.guard_lot_stock();
CREATE TRIGGER touch BEFORE UPDATE ON lot_batches FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.lot_number IS DISTINCT FROM new.lot_number OR old.material_id IS DISTINCT FROM new.material_id OR old.supplier_lot_number IS DISTINCT FROM new.supplier_lot_number OR old.supplier_name IS DISTINCT FROM new.supplier_name OR old.source_type IS DISTINCT FROM new.source_type OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.source_shipment_id IS DISTINCT FROM new.source_shipment_id OR old.initial_quantity IS DISTINCT FROM new.initial_quantity OR old.current_quantity IS DISTINCT FROM new.current_quantity OR old.reserved_quantity IS DISTINCT FROM new.reserved_quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.unit_cost IS DISTINCT FROM new.unit_cost OR old.produced_on IS DISTINCT FROM new.produced_on OR old.received_on IS DISTINCT FROM new.received_on OR old.expires_on IS DISTINCT FROM new.expires_on OR old.retest_on IS DISTINCT FROM new.retest_on OR old.quality_status IS DISTINCT FROM new.quality_status OR old.certificate_file_id IS DISTINCT FROM new.certificate_file_id OR old.location IS DISTINCT FROM new.location OR old.bin IS DISTINCT FROM new.bin OR old.attributes IS DISTINCT FROM new.attributes OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table lot_batches is
  'A quantity of one material with one origin; carries stock in this schema.';
comment on column lot_batches.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column lot_batches.organization_id is 'Tenant; part of every key and of the policy.';
comment on column lot_batches.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column lot_batches.lot_number is 'As printed on the label; unique in the organization.';
comment on column lot_batches.lot_number_key is 'Normalised for prefix search with starts_with.';
comment on column lot_batches.supplier_lot_number is 'As the supplier prints it.';
comment on column lot_batches.supplier_name is 'Who delivered it.';
comment on column lot_batches.source_type is 'How it came into stock; MANUFACTURED names its order.';
comment on column lot_batches.work_order_id is 'Order that made it.';
comment on column lot_batches.source_shipment_id is 'Shipment it came with.';
comment on column lot_batches.initial_quantity is 'At its beginning.';
comment on column lot_batches.current_quantity is 'Changes only together with a genealogy record.';
comment on column lot_batches.reserved_quantity is 'Promised to orders; at most current.';
comment on column lot_batches.unit_id is 'Unit of the quantities in this row.';
comment on column lot_batches.unit_cost is 'Layer for FIFO/LIFO/average.';
comment on column lot_batches.produced_on is 'Plant-local day.';
comment on column lot_batches.received_on is 'Plant-local day; FIFO takes the oldest first.';
comment on column lot_batches.expires_on is 'Last day of use; FEFO takes the earliest first.';
comment on column lot_batches.retest_on is 'Inspect again from then on.';
comment on column lot_batches.quality_status is 'Changes only together with a genealogy record; only RELEASED is consumed or shipped.';
comment on column lot_batches.certificate_file_id is 'Material certificate.';
comment on column lot_batches.location is 'Where it lies.';
comment on column lot_batches.bin is 'Place within location.';
comment on column lot_batches.attributes is 'Heat number ….';
comment on column lot_batches.is_depleted is 'Nothing left.';
comment on column lot_batches.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column lot_batches.device_id is 'Terminal it was made on; NULL = the office.';
comment on column lot_batches.device_seq is 'Number in its lane on that terminal.';
comment on column lot_batches.recorded_at is 'When the server received it.';
comment on column lot_batches.created_at is 'When the row was made.';
comment on column lot_batches.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column lot_batches.updated_at is 'When it last became a new version.';
comment on column lot_batches.updated_by is 'Who made the last version.';
comment on column lot_batches.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table serial_numbers (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  plant_id          integer not null,
  serial_number     text not null,
  serial_number_key text generated always as (lower(serial_number)) stored not null,
  material_id       integer not null,
  lot_batch_id      integer,
  work_order_id     integer,
  produced_on       date,
  status            text default 'CREATED'::text not null,
  quality_status    text default 'PENDING'::text not null,
  location          text,
  shipment_item_id  integer,
  customer_code     text,
  customer_name     text,
  shipped_on        date,
  installed_on      date,
  installed_at_site text,
  warranty_from     date,
  warranty_to       date,
  attributes        jsonb default '{}'::jsonb not null,
  uid               uuid default pg_catalog.gen_random_uuid() not null,
  device_id         integer,
  device_seq        bigint,
  recorded_at       timestamp with time zone default now() not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint serial_numbers_pkey PRIMARY KEY (id),
  constraint serial_numbers_id_key UNIQUE (organization_id, id),
  constraint serial_numbers_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint serial_numbers_serial_number_key UNIQUE (organization_id, serial_number),
  constraint serial_numbers_uid_key UNIQUE (organization_id, uid),
  constraint serial_numbers_attributes_check CHECK (jsonb_typeof(attributes) = 'object'::text),
  constraint serial_numbers_customer_code_check CHECK (char_length(customer_code) >= 1 AND char_length(customer_code) <= 100),
  constraint serial_numbers_customer_name_check CHECK (char_length(customer_name) >= 1 AND char_length(customer_name) <= 255),
  constraint serial_numbers_installed_at_site_check CHECK (char_length(installed_at_site) >= 1 AND char_length(installed_at_site) <= 200),
  constraint serial_numbers_location_check CHECK (char_length(location) >= 1 AND char_length(location) <= 200),
  constraint serial_numbers_quality_status_check CHECK (quality_status = ANY (ARRAY['PENDING'::text, 'RELEASED'::text, 'QUARANTINE'::text, 'REJECTED'::text])),
  constraint serial_numbers_serial_number_check CHECK (char_length(serial_number) >= 1 AND char_length(serial_number) <= 100),
  constraint serial_numbers_status_check CHECK (status = ANY (ARRAY['CREATED'::text, 'IN_STOCK'::text, 'RESERVED'::text, 'SHIPPED'::text, 'INSTALLED'::text, 'IN_SERVICE'::text, 'RETURNED'::text, 'CONSUMED'::text, 'SCRAPPED'::text])),
  constraint serial_numbers_status_shipment_item_id_check CHECK (status <> 'SHIPPED'::text OR shipment_item_id IS NOT NULL AND quality_status = 'RELEASED'::text),
  constraint serial_numbers_warranty_to_warranty_from_check CHECK (warranty_to >= warranty_from),
  constraint serial_numbers_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint serial_numbers_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint serial_numbers_lot_batch_id_fkey FOREIGN KEY (organization_id, lot_batch_id) REFERENCES lot_batches(organization_id, id),
  constraint serial_numbers_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint serial_numbers_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint serial_numbers_shipment_item_id_fkey FOREIGN KEY (organization_id, shipment_item_id) REFERENCES shipment_items(organization_id, id),
  constraint serial_numbers_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint serial_numbers_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id)
);
CREATE INDEX serial_numbers_customer_code_idx ON serial_numbers USING btree (organization_id, customer_code);
CREATE INDEX serial_numbers_lot_batch_id_idx ON serial_numbers USING btree (organization_id, lot_batch_id);
CREATE INDEX serial_numbers_material_id_status_idx ON serial_numbers USING btree (organization_id, material_id, status);
CREATE INDEX serial_numbers_serial_number_key_idx ON serial_numbers USING btree (organization_id, serial_number_key text_pattern_ops);
CREATE INDEX serial_numbers_shipment_item_id_idx ON serial_numbers USING btree (organization_id, shipment_item_id);
CREATE INDEX serial_numbers_work_order_id_idx ON serial_numbers USING btree (organization_id, work_order_id);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON serial_numbers FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON serial_numbers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('serial_number');
CREATE TRIGGER audit_update AFTER UPDATE ON serial_numbers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('serial_number');
CREATE TRIGGER feed_delete AFTER DELETE ON serial_numbers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON serial_numbers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON serial_numbers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_serial BEFORE UPDATE OF status ON serial_numbers FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_serial();
CREATE TRIGGER touch BEFORE UPDATE ON serial_numbers FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.serial_number IS DISTINCT FROM new.serial_number OR old.material_id IS DISTINCT FROM new.material_id OR old.lot_batch_id IS DISTINCT FROM new.lot_batch_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.produced_on IS DISTINCT FROM new.produced_on OR old.status IS DISTINCT FROM new.status OR old.quality_status IS DISTINCT FROM new.quality_status OR old.location IS DISTINCT FROM new.location OR old.shipment_item_id IS DISTINCT FROM new.shipment_item_id OR old.customer_code IS DISTINCT FROM new.customer_code OR old.customer_name IS DISTINCT FROM new.customer_name OR old.shipped_on IS DISTINCT FROM new.shipped_on OR old.installed_on IS DISTINCT FROM new.installed_on OR old.installed_at_site IS DISTINCT FROM new.installed_at_site OR old.warranty_from IS DISTINCT FROM new.warranty_from OR old.warranty_to IS DISTINCT FROM new.warranty_to OR old.attributes IS DISTINCT FROM new.attributes OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table serial_numbers is
  'One identified unit.';
comment on column serial_numbers.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column serial_numbers.organization_id is 'Tenant; part of every key and of the policy.';
comment on column serial_numbers.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column serial_numbers.serial_number is 'As printed on the unit; unique in the organization.';
comment on column serial_numbers.serial_number_key is 'Normalised for prefix search with starts_with.';
comment on column serial_numbers.lot_batch_id is 'Lot it was made in.';
comment on column serial_numbers.work_order_id is 'Order that made it.';
comment on column serial_numbers.produced_on is 'Plant-local day.';
comment on column serial_numbers.status is 'CREATED = printed but not yet stock; CONSUMED = built into another unit.';
comment on column serial_numbers.quality_status is 'Only RELEASED units are shipped.';
comment on column serial_numbers.location is 'Where it is.';
comment on column serial_numbers.shipment_item_id is 'Line it was shipped with.';
comment on column serial_numbers.customer_code is 'Customer in the ERP.';
comment on column serial_numbers.customer_name is 'Who has it.';
comment on column serial_numbers.shipped_on is 'Day it left.';
comment on column serial_numbers.installed_on is 'Day it was put up at the customer''s.';
comment on column serial_numbers.installed_at_site is 'Where it was put up.';
comment on column serial_numbers.warranty_from is 'First day of warranty.';
comment on column serial_numbers.warranty_to is 'Last day of warranty.';
comment on column serial_numbers.attributes is 'Customer- or product-specific facts.';
comment on column serial_numbers.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column serial_numbers.device_id is 'Terminal it was made on; NULL = the office.';
comment on column serial_numbers.device_seq is 'Number in its lane on that terminal.';
comment on column serial_numbers.recorded_at is 'When the server received it.';
comment on column serial_numbers.created_at is 'When the row was made.';
comment on column serial_numbers.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column serial_numbers.updated_at is 'When it last became a new version.';
comment on column serial_numbers.updated_by is 'Who made the last version.';
comment on column serial_numbers.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table traceability_links (
  id                bigint generated always as identity not null,
  organization_id   integer not null,
  linked_at         timestamp with time zone not null,
  parent_lot_id     integer,
  parent_serial_id  integer,
  child_lot_id      integer,
  child_serial_id   integer,
  relationship_type text not null,
  quantity_used     numeric(18,4),
  unit_id           integer,
  work_order_id     integer,
  operation_id      integer,
  linked_by         integer,
  voided_at         timestamp with time zone,
  voided_by         integer,
  void_reason       text,
  uid               uuid default pg_catalog.gen_random_uuid() not null,
  device_id         integer,
  device_seq        bigint,
  device_time       timestamp with time zone,
  time_quality      text default 'SYNCED'::text not null,
  recorded_at       timestamp with time zone default now() not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint traceability_links_pkey PRIMARY KEY (id),
  constraint traceability_links_id_key UNIQUE (organization_id, id),
  constraint traceability_links_uid_key UNIQUE (organization_id, uid),
  constraint traceability_links_child_lot_id_child_serial_id_check CHECK (num_nonnulls(child_lot_id, child_serial_id) = 1 OR num_nonnulls(child_lot_id, child_serial_id) = 0 AND work_order_id IS NOT NULL),
  constraint traceability_links_linked_at_recorded_at_check CHECK (linked_at <= (recorded_at + '00:10:00'::interval)),
  constraint traceability_links_parent_lot_id_child_lot_id_check CHECK (parent_lot_id <> child_lot_id),
  constraint traceability_links_parent_lot_id_parent_serial_id_check CHECK (num_nonnulls(parent_lot_id, parent_serial_id) = 1),
  constraint traceability_links_parent_lot_id_quantity_used_check CHECK (parent_lot_id IS NULL OR COALESCE(quantity_used, 0::numeric) > 0::numeric AND unit_id IS NOT NULL),
  constraint traceability_links_parent_serial_id_child_serial_id_check CHECK (parent_serial_id <> child_serial_id),
  constraint traceability_links_quantity_used_check CHECK (quantity_used >= 0::numeric),
  constraint traceability_links_relationship_type_check CHECK (relationship_type = ANY (ARRAY['CONSUMED_IN'::text, 'ASSEMBLED_INTO'::text, 'PACKAGED_WITH'::text, 'DERIVED_FROM'::text, 'SPLIT_FROM'::text, 'MERGED_INTO'::text])),
  constraint traceability_links_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint traceability_links_void_reason_check CHECK (char_length(void_reason) >= 1 AND char_length(void_reason) <= 500),
  constraint traceability_links_voided_at_voided_by_check CHECK (num_nonnulls(voided_at, voided_by, void_reason) = ANY (ARRAY[0, 3])),
  constraint traceability_links_child_lot_id_fkey FOREIGN KEY (organization_id, child_lot_id) REFERENCES lot_batches(organization_id, id),
  constraint traceability_links_child_serial_id_fkey FOREIGN KEY (organization_id, child_serial_id) REFERENCES serial_numbers(organization_id, id),
  constraint traceability_links_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint traceability_links_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint traceability_links_linked_by_fkey FOREIGN KEY (organization_id, linked_by) REFERENCES users(organization_id, id),
  constraint traceability_links_operation_id_fkey FOREIGN KEY (organization_id, operation_id) REFERENCES work_order_operations(organization_id, id),
  constraint traceability_links_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint traceability_links_parent_lot_id_fkey FOREIGN KEY (organization_id, parent_lot_id) REFERENCES lot_batches(organization_id, id),
  constraint traceability_links_parent_serial_id_fkey FOREIGN KEY (organization_id, parent_serial_id) REFERENCES serial_numbers(organization_id, id),
  constraint traceability_links_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint traceability_links_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint traceability_links_voided_by_fkey FOREIGN KEY (organization_id, voided_by) REFERENCES users(organization_id, id),
  constraint traceability_links_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id)
);
CREATE INDEX traceability_links_child_lot_id_idx ON traceability_links USING btree (organization_id, child_lot_id);
CREATE INDEX traceability_links_child_serial_id_idx ON traceability_links USING btree (organization_id, child_serial_id);
CREATE INDEX traceability_links_parent_lot_id_idx ON traceability_links USING btree (organization_id, parent_lot_id);
CREATE INDEX traceability_links_parent_serial_id_idx ON traceability_links USING btree (organization_id, parent_serial_id);
CREATE UNIQUE INDEX traceability_links_parent_serial_id_key ON traceability_links USING btree (organization_id, parent_serial_id) WHERE relationship_type = 'ASSEMBLED_INTO'::text AND voided_at IS NULL;
CREATE INDEX traceability_links_work_order_id_idx ON traceability_links USING btree (organization_id, work_order_id);
CREATE TRIGGER audit_delete AFTER DELETE ON traceability_links REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER audit_update AFTER UPDATE ON traceability_links REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('id');
CREATE TRIGGER guard_consumption BEFORE INSERT ON traceability_links FOR EACH ROW WHEN (new.parent_lot_id IS NOT NULL AND (new.relationship_type = ANY (ARRAY['CONSUMED_IN'::text, 'ASSEMBLED_INTO'::text]))) EXECUTE FUNCTION app.guard_consumption();
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE OF parent_lot_id, parent_serial_id, child_lot_id, child_serial_id, voided_at ON traceability_links FOR EACH ROW WHEN (num_nonnulls(new.child_lot_id, new.child_serial_id) > 0 AND new.voided_at IS NULL) EXECUTE FUNCTION app.guard_genealogy();
CREATE TRIGGER touch BEFORE UPDATE ON traceability_links FOR EACH ROW WHEN (old.linked_at IS DISTINCT FROM new.linked_at OR old.parent_lot_id IS DISTINCT FROM new.parent_lot_id OR old.parent_serial_id IS DISTINCT FROM new.parent_serial_id OR old.child_lot_id IS DISTINCT FROM new.child_lot_id OR old.child_serial_id IS DISTINCT FROM new.child_serial_id OR old.relationship_type IS DISTINCT FROM new.relationship_type OR old.quantity_used IS DISTINCT FROM new.quantity_used OR old.unit_id IS DISTINCT FROM new.unit_id OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.operation_id IS DISTINCT FROM new.operation_id OR old.linked_by IS DISTINCT FROM new.linked_by OR old.voided_at IS DISTINCT FROM new.voided_at OR old.voided_by IS DISTINCT FROM new.voided_by OR old.void_reason IS DISTINCT FROM new.void_reason OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.device_time IS DISTINCT FROM new.device_time OR old.time_quality IS DISTINCT FROM new.time_quality OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table traceability_links is
  'Parent (used) → child (made): the genealogy graph.';
comment on column traceability_links.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column traceability_links.organization_id is 'Tenant; part of every key and of the policy.';
comment on column traceability_links.linked_at is 'When it was used.';
comment on column traceability_links.parent_lot_id is 'Lot that was used; either this or parent_serial_id.';
comment on column traceability_links.parent_serial_id is 'Unit that was used; either this or parent_lot_id.';
comment on column traceability_links.child_lot_id is 'May be still unknown: consumption into an order is closed when its output exists.';
comment on column traceability_links.child_serial_id is 'Unit it went into; at most one child.';
comment on column traceability_links.relationship_type is 'A serial sits in one assembly at a time.';
comment on column traceability_links.quantity_used is 'In unit_id; required for lots.';
comment on column traceability_links.unit_id is 'Unit of quantity_used.';
comment on column traceability_links.work_order_id is 'Order it was used for.';
comment on column traceability_links.operation_id is 'Step it was used at.';
comment on column traceability_links.linked_by is 'Who reported it.';
comment on column traceability_links.voided_at is 'A wrong link is voided with who and why, never deleted.';
comment on column traceability_links.voided_by is 'Who declared it wrong.';
comment on column traceability_links.void_reason is 'Why it is wrong.';
comment on column traceability_links.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column traceability_links.device_id is 'Terminal it was made on; NULL = the office.';
comment on column traceability_links.device_seq is 'Number in its lane on that terminal.';
comment on column traceability_links.device_time is 'Time as the device said it, uncorrected.';
comment on column traceability_links.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column traceability_links.recorded_at is 'When the server received it.';
comment on column traceability_links.created_at is 'When the row was made.';
comment on column traceability_links.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column traceability_links.updated_at is 'When it last became a new version.';
comment on column traceability_links.updated_by is 'Who made the last version.';
comment on column traceability_links.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table genealogy_records (
  id               bigint generated always as identity not null,
  organization_id  integer not null,
  occurred_at      timestamp with time zone not null,
  lot_batch_id     integer,
  serial_number_id integer,
  operation_type   text not null,
  quantity_change  numeric(18,4) default 0 not null,
  quantity_after   numeric(18,4),
  unit_id          integer,
  status_before    text,
  status_after     text,
  location_before  text,
  location_after   text,
  work_order_id    integer,
  shipment_id      integer,
  link_id          bigint,
  performed_by     integer,
  details          jsonb default '{}'::jsonb not null,
  uid              uuid default pg_catalog.gen_random_uuid() not null,
  device_id        integer,
  device_seq       bigint,
  device_time      timestamp with time zone,
  time_quality     text default 'SYNCED'::text not null,
  recorded_at      timestamp with time zone default now() not null,
  constraint genealogy_records_pkey PRIMARY KEY (id, occurred_at),
  constraint genealogy_records_uid_key UNIQUE (organization_id, uid, occurred_at),
  constraint genealogy_records_details_check CHECK (jsonb_typeof(details) = 'object'::text),
  constraint genealogy_records_location_after_check CHECK (char_length(location_after) >= 1 AND char_length(location_after) <= 200),
  constraint genealogy_records_location_before_check CHECK (char_length(location_before) >= 1 AND char_length(location_before) <= 200),
  constraint genealogy_records_lot_batch_id_serial_number_id_check CHECK (num_nonnulls(lot_batch_id, serial_number_id) = 1),
  constraint genealogy_records_occurred_at_recorded_at_check CHECK (occurred_at <= (recorded_at + '00:10:00'::interval)),
  constraint genealogy_records_operation_type_check CHECK (operation_type = ANY (ARRAY['CREATED'::text, 'RECEIVED'::text, 'INSPECTED'::text, 'RELEASED'::text, 'QUARANTINED'::text, 'REJECTED'::text, 'RESERVED'::text, 'UNRESERVED'::text, 'CONSUMED'::text, 'PRODUCED'::text, 'SPLIT'::text, 'MERGED'::text, 'SHIPPED'::text, 'INSTALLED'::text, 'RETURNED'::text, 'SCRAPPED'::text, 'ADJUSTED'::text, 'TRANSFERRED'::text, 'LOCATION_CHANGED'::text, 'EXPIRED'::text, 'LINK_VOIDED'::text])),
  constraint genealogy_records_quantity_after_check CHECK (quantity_after >= 0::numeric),
  constraint genealogy_records_status_after_check CHECK (char_length(status_after) >= 1 AND char_length(status_after) <= 50),
  constraint genealogy_records_status_before_check CHECK (char_length(status_before) >= 1 AND char_length(status_before) <= 50),
  constraint genealogy_records_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint genealogy_records_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint genealogy_records_link_id_fkey FOREIGN KEY (organization_id, link_id) REFERENCES traceability_links(organization_id, id),
  constraint genealogy_records_lot_batch_id_fkey FOREIGN KEY (organization_id, lot_batch_id) REFERENCES lot_batches(organization_id, id),
  constraint genealogy_records_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint genealogy_records_performed_by_fkey FOREIGN KEY (organization_id, performed_by) REFERENCES users(organization_id, id),
  constraint genealogy_records_serial_number_id_fkey FOREIGN KEY (organization_id, serial_number_id) REFERENCES serial_numbers(organization_id, id),
  constraint genealogy_records_shipment_id_fkey FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments(organization_id, id),
  constraint genealogy_records_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint genealogy_records_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id)
);
select create_hypertable('genealogy_records', 'occurred_at', chunk_time_interval => interval '90 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX genealogy_records_lot_batch_id_occurred_at_idx ON genealogy_records USING btree (organization_id, lot_batch_id, occurred_at DESC) WHERE lot_batch_id IS NOT NULL;
CREATE INDEX genealogy_records_serial_number_id_occurred_at_idx ON genealogy_records USING btree (organization_id, serial_number_id, occurred_at DESC) WHERE serial_number_id IS NOT NULL;
CREATE INDEX genealogy_records_work_order_id_idx ON genealogy_records USING btree (organization_id, work_order_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON genealogy_records FOR EACH ROW EXECUTE FUNCTION app.refuse_change('genealogy_records');
comment on table genealogy_records is
  'History of every lot and serial.';
comment on column genealogy_records.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column genealogy_records.organization_id is 'Tenant; part of every key and of the policy.';
comment on column genealogy_records.occurred_at is 'When it happened; the partition column.';
comment on column genealogy_records.lot_batch_id is 'The lot; either this or a unit.';
comment on column genealogy_records.serial_number_id is 'The unit; either this or a lot.';
comment on column genealogy_records.operation_type is 'What happened to the lot or unit.';
comment on column genealogy_records.quantity_change is 'Signed; sums to the lot''s stock, proven nightly.';
comment on column genealogy_records.quantity_after is 'Stock of the lot afterwards.';
comment on column genealogy_records.unit_id is 'Unit of the quantities in this row.';
comment on column genealogy_records.status_before is 'Quality or life status before.';
comment on column genealogy_records.status_after is 'Quality or life status after.';
comment on column genealogy_records.location_before is 'Where it was.';
comment on column genealogy_records.location_after is 'Where it is now.';
comment on column genealogy_records.work_order_id is 'Order it happened for.';
comment on column genealogy_records.shipment_id is 'Shipment it happened for.';
comment on column genealogy_records.link_id is 'The link that caused it.';
comment on column genealogy_records.performed_by is 'Who did it; NULL = the system.';
comment on column genealogy_records.details is 'What else there is to know.';
comment on column genealogy_records.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column genealogy_records.device_id is 'Terminal it was made on; NULL = the office.';
comment on column genealogy_records.device_seq is 'Number in its lane on that terminal.';
comment on column genealogy_records.device_time is 'Time as the device said it, uncorrected.';
comment on column genealogy_records.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column genealogy_records.recorded_at is 'When the server received it.';
