-- Logistics
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table shipments (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  plant_id             integer not null,
  shipment_number      text not null,
  shipment_type        text not null,
  status               text default 'DRAFT'::text not null,
  project_id           integer,
  partner_code         text,
  partner_name         text,
  destination_plant_id integer,
  destination_address  text,
  carrier_name         text,
  tracking_number      text,
  shipping_method      text default 'GROUND'::text not null,
  planned_ship_at      timestamp with time zone,
  shipped_at           timestamp with time zone,
  shipped_by           integer,
  planned_delivery_at  timestamp with time zone,
  delivered_at         timestamp with time zone,
  packed_at            timestamp with time zone,
  packed_by            integer,
  total_weight         numeric(18,4),
  weight_unit_id       integer,
  total_volume         numeric(18,4),
  volume_unit_id       integer,
  freight_cost         numeric(18,4) default 0 not null,
  ncr_id               integer,
  notes                text,
  workflow_state_id    integer,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint shipments_pkey PRIMARY KEY (id),
  constraint shipments_id_key UNIQUE (organization_id, id),
  constraint shipments_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint shipments_shipment_number_key UNIQUE (organization_id, shipment_number),
  constraint shipments_carrier_name_check CHECK (char_length(carrier_name) >= 1 AND char_length(carrier_name) <= 100),
  constraint shipments_delivered_at_shipped_at_check CHECK (delivered_at >= shipped_at),
  constraint shipments_destination_address_check CHECK (char_length(destination_address) >= 1 AND char_length(destination_address) <= 1000),
  constraint shipments_freight_cost_check CHECK (freight_cost >= 0::numeric),
  constraint shipments_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 4000),
  constraint shipments_partner_code_check CHECK (char_length(partner_code) >= 1 AND char_length(partner_code) <= 100),
  constraint shipments_partner_name_check CHECK (char_length(partner_name) >= 1 AND char_length(partner_name) <= 255),
  constraint shipments_shipment_number_check CHECK (shipment_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint shipments_shipment_type_check CHECK (shipment_type = ANY (ARRAY['INBOUND'::text, 'OUTBOUND'::text, 'TRANSFER'::text, 'RETURN'::text])),
  constraint shipments_shipment_type_destination_plant_id_check CHECK (shipment_type <> 'TRANSFER'::text OR destination_plant_id IS NOT NULL AND destination_plant_id <> plant_id),
  constraint shipments_shipping_method_check CHECK (shipping_method = ANY (ARRAY['GROUND'::text, 'AIR'::text, 'SEA'::text, 'COURIER'::text, 'PICKUP'::text])),
  constraint shipments_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'PACKED'::text, 'SHIPPED'::text, 'IN_TRANSIT'::text, 'DELIVERED'::text, 'RETURNED'::text, 'CANCELLED'::text])),
  constraint shipments_status_delivered_at_check CHECK (status <> 'DELIVERED'::text OR delivered_at IS NOT NULL),
  constraint shipments_status_shipped_at_check CHECK ((status <> ALL (ARRAY['SHIPPED'::text, 'IN_TRANSIT'::text, 'DELIVERED'::text, 'RETURNED'::text])) OR shipped_at IS NOT NULL),
  constraint shipments_total_volume_check CHECK (total_volume >= 0::numeric),
  constraint shipments_total_weight_check CHECK (total_weight >= 0::numeric),
  constraint shipments_tracking_number_check CHECK (char_length(tracking_number) >= 1 AND char_length(tracking_number) <= 100),
  constraint shipments_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shipments_destination_plant_id_fkey FOREIGN KEY (organization_id, destination_plant_id) REFERENCES plants(organization_id, id),
  constraint shipments_ncr_id_fkey FOREIGN KEY (organization_id, ncr_id) REFERENCES ncrs(organization_id, id),
  constraint shipments_packed_by_fkey FOREIGN KEY (organization_id, packed_by) REFERENCES users(organization_id, id),
  constraint shipments_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint shipments_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint shipments_shipped_by_fkey FOREIGN KEY (organization_id, shipped_by) REFERENCES users(organization_id, id),
  constraint shipments_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint shipments_volume_unit_id_fkey FOREIGN KEY (organization_id, volume_unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint shipments_weight_unit_id_fkey FOREIGN KEY (organization_id, weight_unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint shipments_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX shipments_planned_delivery_at_idx ON shipments USING btree (organization_id, planned_delivery_at) WHERE status = ANY (ARRAY['SHIPPED'::text, 'IN_TRANSIT'::text]);
CREATE INDEX shipments_plant_id_status_planned_ship_at_idx ON shipments USING btree (organization_id, plant_id, status, planned_ship_at);
CREATE INDEX shipments_tracking_number_idx ON shipments USING btree (organization_id, tracking_number);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON shipments FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON shipments REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shipment_number');
CREATE TRIGGER audit_insert AFTER INSERT ON shipments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shipment_number');
CREATE TRIGGER audit_update AFTER UPDATE ON shipments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('shipment_number');
CREATE TRIGGER guard_shipment BEFORE UPDATE OF status ON shipments FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_shipment();
CREATE TRIGGER touch BEFORE UPDATE ON shipments FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.shipment_number IS DISTINCT FROM new.shipment_number OR old.shipment_type IS DISTINCT FROM new.shipment_type OR old.status IS DISTINCT FROM new.status OR old.project_id IS DISTINCT FROM new.project_id OR old.partner_code IS DISTINCT FROM new.partner_code OR old.partner_name IS DISTINCT FROM new.partner_name OR old.destination_plant_id IS DISTINCT FROM new.destination_plant_id OR old.destination_address IS DISTINCT FROM new.destination_address OR old.carrier_name IS DISTINCT FROM new.carrier_name OR old.tracking_number IS DISTINCT FROM new.tracking_number OR old.shipping_method IS DISTINCT FROM new.shipping_method OR old.planned_ship_at IS DISTINCT FROM new.planned_ship_at OR old.shipped_at IS DISTINCT FROM new.shipped_at OR old.shipped_by IS DISTINCT FROM new.shipped_by OR old.planned_delivery_at IS DISTINCT FROM new.planned_delivery_at OR old.delivered_at IS DISTINCT FROM new.delivered_at OR old.packed_at IS DISTINCT FROM new.packed_at OR old.packed_by IS DISTINCT FROM new.packed_by OR old.total_weight IS DISTINCT FROM new.total_weight OR old.weight_unit_id IS DISTINCT FROM new.weight_unit_id OR old.total_volume IS DISTINCT FROM new.total_volume OR old.volume_unit_id IS DISTINCT FROM new.volume_unit_id OR old.freight_cost IS DISTINCT FROM new.freight_cost OR old.ncr_id IS DISTINCT FROM new.ncr_id OR old.notes IS DISTINCT FROM new.notes OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table shipments is
  'Inbound, outbound, transfer or return consignment.';
comment on column shipments.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shipments.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shipments.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column shipments.shipment_type is 'INBOUND from a supplier, OUTBOUND to a customer, TRANSFER to another plant, RETURN to a supplier.';
comment on column shipments.status is 'A delay is derived from dates, not stored.';
comment on column shipments.partner_code is 'Customer or supplier in the ERP.';
comment on column shipments.partner_name is 'Customer or supplier, as on the papers.';
comment on column shipments.destination_plant_id is 'Of a TRANSFER.';
comment on column shipments.destination_address is 'Where it goes, unless to a plant of ours.';
comment on column shipments.carrier_name is 'Who carries it; not needed for PICKUP.';
comment on column shipments.tracking_number is 'As the carrier gives it.';
comment on column shipments.shipping_method is 'How it travels.';
comment on column shipments.planned_ship_at is 'When it should leave.';
comment on column shipments.shipped_at is 'When it left.';
comment on column shipments.shipped_by is 'Who sent it.';
comment on column shipments.planned_delivery_at is 'When it should arrive.';
comment on column shipments.delivered_at is 'When it arrived.';
comment on column shipments.packed_at is 'When everything was packed.';
comment on column shipments.packed_by is 'Who packed it.';
comment on column shipments.total_weight is 'In weight_unit_id.';
comment on column shipments.weight_unit_id is 'Unit of total_weight.';
comment on column shipments.total_volume is 'In volume_unit_id.';
comment on column shipments.volume_unit_id is 'Unit of total_volume.';
comment on column shipments.freight_cost is 'In the tenant''s currency.';
comment on column shipments.ncr_id is 'Report whose pieces are returned to the supplier.';
comment on column shipments.notes is 'Free words.';
comment on column shipments.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column shipments.created_at is 'When the row was made.';
comment on column shipments.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shipments.updated_at is 'When it last became a new version.';
comment on column shipments.updated_by is 'Who made the last version.';
comment on column shipments.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table shipment_items (
  id              integer generated always as identity not null,
  organization_id integer not null,
  shipment_id     integer not null,
  line_number     integer not null,
  material_id     integer,
  description     text,
  work_order_id   integer,
  lot_batch_id    integer,
  quantity        numeric(18,4) not null,
  packed_quantity numeric(18,4) default 0 not null,
  unit_id         integer not null,
  package_number  text,
  package_type_id integer,
  weight          numeric(18,4),
  is_packed       boolean generated always as (packed_quantity >= quantity) stored not null,
  packed_at       timestamp with time zone,
  packed_by       integer,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint shipment_items_pkey PRIMARY KEY (id),
  constraint shipment_items_id_key UNIQUE (organization_id, id),
  constraint shipment_items_shipment_id_line_number_key UNIQUE (organization_id, shipment_id, line_number),
  constraint shipment_items_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 200),
  constraint shipment_items_line_number_check CHECK (line_number > 0),
  constraint shipment_items_material_id_description_check CHECK (num_nonnulls(material_id, description) >= 1),
  constraint shipment_items_package_number_check CHECK (char_length(package_number) >= 1 AND char_length(package_number) <= 50),
  constraint shipment_items_packed_quantity_check CHECK (packed_quantity >= 0::numeric),
  constraint shipment_items_packed_quantity_quantity_check CHECK (packed_quantity <= quantity),
  constraint shipment_items_quantity_check CHECK (quantity > 0::numeric),
  constraint shipment_items_weight_check CHECK (weight >= 0::numeric),
  constraint shipment_items_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint shipment_items_lot_batch_id_fkey FOREIGN KEY (organization_id, lot_batch_id) REFERENCES lot_batches(organization_id, id),
  constraint shipment_items_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint shipment_items_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint shipment_items_package_type_id_fkey FOREIGN KEY (organization_id, package_type_id) REFERENCES type_list_values(organization_id, id),
  constraint shipment_items_packed_by_fkey FOREIGN KEY (organization_id, packed_by) REFERENCES users(organization_id, id),
  constraint shipment_items_shipment_id_fkey FOREIGN KEY (organization_id, shipment_id) REFERENCES shipments(organization_id, id) ON DELETE CASCADE,
  constraint shipment_items_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint shipment_items_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint shipment_items_work_order_id_fkey FOREIGN KEY (organization_id, work_order_id) REFERENCES work_orders(organization_id, id)
);
CREATE INDEX shipment_items_lot_batch_id_idx ON shipment_items USING btree (organization_id, lot_batch_id);
CREATE INDEX shipment_items_material_id_idx ON shipment_items USING btree (organization_id, material_id);
CREATE TRIGGER audit_delete AFTER DELETE ON shipment_items REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('package_number');
CREATE TRIGGER audit_insert AFTER INSERT ON shipment_items REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('package_number');
CREATE TRIGGER audit_update AFTER UPDATE ON shipment_items REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('package_number');
CREATE TRIGGER guard_frozen BEFORE INSERT OR DELETE OR UPDATE ON shipment_items FOR EACH ROW EXECUTE FUNCTION app.guard_frozen('shipments', 'shipment_id', '{DRAFT,PACKED,CANCELLED}');
CREATE TRIGGER guard_list_package_type_id BEFORE INSERT OR UPDATE OF package_type_id ON shipment_items FOR EACH ROW WHEN (new.package_type_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('shipment_items', 'package_type_id', 'PACKAGE_TYPE');
CREATE TRIGGER touch BEFORE UPDATE ON shipment_items FOR EACH ROW WHEN (old.shipment_id IS DISTINCT FROM new.shipment_id OR old.line_number IS DISTINCT FROM new.line_number OR old.material_id IS DISTINCT FROM new.material_id OR old.description IS DISTINCT FROM new.description OR old.work_order_id IS DISTINCT FROM new.work_order_id OR old.lot_batch_id IS DISTINCT FROM new.lot_batch_id OR old.quantity IS DISTINCT FROM new.quantity OR old.packed_quantity IS DISTINCT FROM new.packed_quantity OR old.unit_id IS DISTINCT FROM new.unit_id OR old.package_number IS DISTINCT FROM new.package_number OR old.package_type_id IS DISTINCT FROM new.package_type_id OR old.weight IS DISTINCT FROM new.weight OR old.packed_at IS DISTINCT FROM new.packed_at OR old.packed_by IS DISTINCT FROM new.packed_by) EXECUTE FUNCTION app.touch();
comment on table shipment_items is
  'Lines of a shipment.';
comment on column shipment_items.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column shipment_items.organization_id is 'Tenant; part of every key and of the policy.';
comment on column shipment_items.line_number is 'Position within the header, unique there.';
comment on column shipment_items.description is 'Instead of a material.';
comment on column shipment_items.work_order_id is 'Order the goods come from.';
comment on column shipment_items.quantity is 'To be shipped.';
comment on column shipment_items.packed_quantity is 'Of quantity, already packed.';
comment on column shipment_items.unit_id is 'Unit of the quantities in this row.';
comment on column shipment_items.package_number is 'Package the line lies in.';
comment on column shipment_items.package_type_id is 'Value of the list PACKAGE_TYPE.';
comment on column shipment_items.weight is 'In the shipment''s weight unit.';
comment on column shipment_items.is_packed is 'Packed at least what is asked.';
comment on column shipment_items.packed_at is 'When it was packed.';
comment on column shipment_items.packed_by is 'Who packed it.';
comment on column shipment_items.created_at is 'When the row was made.';
comment on column shipment_items.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column shipment_items.updated_at is 'When it last became a new version.';
comment on column shipment_items.updated_by is 'Who made the last version.';
comment on column shipment_items.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table barcode_labels (
  id              integer generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  label_code      text not null,
  barcode_value   text not null,
  symbology       text not null,
  entity_type     text not null,
  entity_id       bigint not null,
  label_format    text default 'ZPL'::text not null,
  label_size      text default '4x6'::text not null,
  template_code   text,
  file_id         integer,
  print_count     integer default 0 not null,
  last_printed_at timestamp with time zone,
  printed_by      integer,
  valid_until     timestamp with time zone,
  is_active       boolean default true not null,
  uid             uuid default pg_catalog.gen_random_uuid() not null,
  device_id       integer,
  device_seq      bigint,
  recorded_at     timestamp with time zone default now() not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint barcode_labels_pkey PRIMARY KEY (id),
  constraint barcode_labels_id_key UNIQUE (organization_id, id),
  constraint barcode_labels_label_code_key UNIQUE (organization_id, label_code),
  constraint barcode_labels_plant_id_id_key UNIQUE (organization_id, plant_id, id),
  constraint barcode_labels_uid_key UNIQUE (organization_id, uid),
  constraint barcode_labels_barcode_value_check CHECK (char_length(barcode_value) >= 1 AND char_length(barcode_value) <= 500),
  constraint barcode_labels_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint barcode_labels_label_code_check CHECK (label_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint barcode_labels_label_format_check CHECK (label_format = ANY (ARRAY['PDF'::text, 'PNG'::text, 'SVG'::text, 'ZPL'::text])),
  constraint barcode_labels_label_size_check CHECK (char_length(label_size) >= 1 AND char_length(label_size) <= 20),
  constraint barcode_labels_print_count_check CHECK (print_count >= 0),
  constraint barcode_labels_symbology_check CHECK (symbology = ANY (ARRAY['CODE128'::text, 'CODE39'::text, 'EAN13'::text, 'UPC_A'::text, 'QR_CODE'::text, 'DATA_MATRIX'::text])),
  constraint barcode_labels_template_code_check CHECK (char_length(template_code) >= 1 AND char_length(template_code) <= 50),
  constraint barcode_labels_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint barcode_labels_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint barcode_labels_file_id_fkey FOREIGN KEY (organization_id, file_id) REFERENCES file_uploads(organization_id, id),
  constraint barcode_labels_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint barcode_labels_printed_by_fkey FOREIGN KEY (organization_id, printed_by) REFERENCES users(organization_id, id),
  constraint barcode_labels_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX barcode_labels_barcode_value_key ON barcode_labels USING btree (organization_id, barcode_value) WHERE is_active;
CREATE INDEX barcode_labels_entity_type_entity_id_idx ON barcode_labels USING btree (organization_id, entity_type, entity_id);
CREATE TRIGGER audit_delete AFTER DELETE ON barcode_labels REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('label_code');
CREATE TRIGGER audit_update AFTER UPDATE ON barcode_labels REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('label_code');
CREATE TRIGGER feed_delete AFTER DELETE ON barcode_labels REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON barcode_labels REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON barcode_labels REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_entity BEFORE INSERT OR UPDATE OF entity_type, entity_id ON barcode_labels FOR EACH ROW WHEN (new.entity_id IS NOT NULL) EXECUTE FUNCTION app.guard_entity('barcode_labels');
CREATE TRIGGER touch BEFORE UPDATE ON barcode_labels FOR EACH ROW WHEN (old.plant_id IS DISTINCT FROM new.plant_id OR old.label_code IS DISTINCT FROM new.label_code OR old.barcode_value IS DISTINCT FROM new.barcode_value OR old.symbology IS DISTINCT FROM new.symbology OR old.entity_type IS DISTINCT FROM new.entity_type OR old.entity_id IS DISTINCT FROM new.entity_id OR old.label_format IS DISTINCT FROM new.label_format OR old.label_size IS DISTINCT FROM new.label_size OR old.template_code IS DISTINCT FROM new.template_code OR old.file_id IS DISTINCT FROM new.file_id OR old.print_count IS DISTINCT FROM new.print_count OR old.last_printed_at IS DISTINCT FROM new.last_printed_at OR old.printed_by IS DISTINCT FROM new.printed_by OR old.valid_until IS DISTINCT FROM new.valid_until OR old.is_active IS DISTINCT FROM new.is_active OR old.uid IS DISTINCT FROM new.uid OR old.device_id IS DISTINCT FROM new.device_id OR old.device_seq IS DISTINCT FROM new.device_seq OR old.recorded_at IS DISTINCT FROM new.recorded_at) EXECUTE FUNCTION app.touch();
comment on table barcode_labels is
  'Codes that were issued and what they stand for.';
comment on column barcode_labels.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column barcode_labels.organization_id is 'Tenant; part of every key and of the policy.';
comment on column barcode_labels.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column barcode_labels.label_code is 'Number of the label itself.';
comment on column barcode_labels.barcode_value is 'One active meaning per value, so a scan resolves offline; carries a check part.';
comment on column barcode_labels.symbology is 'How the value is drawn.';
comment on column barcode_labels.entity_type is 'Kind of the row that entity_id names.';
comment on column barcode_labels.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column barcode_labels.label_format is 'What the printer gets.';
comment on column barcode_labels.label_size is 'Inches, width x height.';
comment on column barcode_labels.template_code is 'Layout it is printed with.';
comment on column barcode_labels.file_id is 'The drawn label.';
comment on column barcode_labels.print_count is 'How often it was printed.';
comment on column barcode_labels.last_printed_at is 'When it was printed last.';
comment on column barcode_labels.printed_by is 'Who printed it last.';
comment on column barcode_labels.valid_until is 'A scan after it no longer resolves.';
comment on column barcode_labels.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column barcode_labels.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column barcode_labels.device_id is 'Terminal it was made on; NULL = the office.';
comment on column barcode_labels.device_seq is 'Number in its lane on that terminal.';
comment on column barcode_labels.recorded_at is 'When the server received it.';
comment on column barcode_labels.created_at is 'When the row was made.';
comment on column barcode_labels.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column barcode_labels.updated_at is 'When it last became a new version.';
comment on column barcode_labels.updated_by is 'Who made the last version.';
comment on column barcode_labels.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table qr_code_scans (
  id              bigint generated always as identity not null,
  organization_id integer not null,
  plant_id        integer not null,
  scanned_at      timestamp with time zone not null,
  scanned_value   text not null,
  symbology       text,
  resolution      text not null,
  entity_type     text,
  entity_id       bigint,
  purpose         text not null,
  scanned_by      integer,
  work_order_id   integer,
  shipment_id     integer,
  work_center_id  integer,
  input           text default 'CAMERA'::text not null,
  decode_ms       integer,
  error_message   text,
  payload         jsonb,
  uid             uuid default pg_catalog.gen_random_uuid() not null,
  device_id       integer,
  device_seq      bigint,
  device_time     timestamp with time zone,
  time_quality    text default 'SYNCED'::text not null,
  recorded_at     timestamp with time zone default now() not null,
  constraint qr_code_scans_pkey PRIMARY KEY (id, scanned_at),
  constraint qr_code_scans_uid_key UNIQUE (organization_id, uid, scanned_at),
  constraint qr_code_scans_decode_ms_check CHECK (decode_ms >= 0),
  constraint qr_code_scans_entity_type_check CHECK (app.is_entity_type(entity_type)),
  constraint qr_code_scans_error_message_check CHECK (char_length(error_message) >= 1 AND char_length(error_message) <= 500),
  constraint qr_code_scans_input_check CHECK (input = ANY (ARRAY['CAMERA'::text, 'WEDGE'::text, 'MANUAL'::text])),
  constraint qr_code_scans_purpose_check CHECK (purpose = ANY (ARRAY['LOOKUP'::text, 'LOGIN'::text, 'PRODUCTION'::text, 'INSPECTION'::text, 'CONSUMPTION'::text, 'RECEIVING'::text, 'SHIPPING'::text, 'COUNTING'::text, 'HANDOVER'::text])),
  constraint qr_code_scans_resolution_check CHECK (resolution = ANY (ARRAY['RESOLVED'::text, 'PARTIAL'::text, 'NOT_FOUND'::text, 'AMBIGUOUS'::text, 'DUPLICATE'::text, 'ERROR'::text])),
  constraint qr_code_scans_resolution_entity_type_check CHECK ((resolution = 'RESOLVED'::text) <= (entity_type IS NOT NULL AND entity_id IS NOT NULL)),
  constraint qr_code_scans_scanned_at_recorded_at_check CHECK (scanned_at <= (recorded_at + '00:10:00'::interval)),
  constraint qr_code_scans_scanned_value_check CHECK (char_length(scanned_value) >= 1 AND char_length(scanned_value) <= 2000),
  constraint qr_code_scans_symbology_check CHECK (symbology = ANY (ARRAY['CODE128'::text, 'CODE39'::text, 'EAN13'::text, 'UPC_A'::text, 'QR_CODE'::text, 'DATA_MATRIX'::text, 'OTHER'::text])),
  constraint qr_code_scans_time_quality_check CHECK (time_quality = ANY (ARRAY['SYNCED'::text, 'OFFSET'::text, 'MONOTONIC'::text, 'CLAMPED'::text])),
  constraint qr_code_scans_device_id_fkey FOREIGN KEY (organization_id, device_id) REFERENCES devices(organization_id, id),
  constraint qr_code_scans_plant_id_fkey FOREIGN KEY (organization_id, plant_id) REFERENCES plants(organization_id, id),
  constraint qr_code_scans_scanned_by_fkey FOREIGN KEY (organization_id, scanned_by) REFERENCES users(organization_id, id),
  constraint qr_code_scans_shipment_id_fkey FOREIGN KEY (organization_id, plant_id, shipment_id) REFERENCES shipments(organization_id, plant_id, id),
  constraint qr_code_scans_work_center_id_fkey FOREIGN KEY (organization_id, plant_id, work_center_id) REFERENCES work_centers(organization_id, plant_id, id),
  constraint qr_code_scans_work_order_id_fkey FOREIGN KEY (organization_id, plant_id, work_order_id) REFERENCES work_orders(organization_id, plant_id, id)
);
select create_hypertable('qr_code_scans', 'scanned_at', chunk_time_interval => interval '7 days',
  create_default_indexes => false, associated_schema_name => 'ts_chunks');
CREATE INDEX qr_code_scans_entity_type_entity_id_scanned_at_idx ON qr_code_scans USING btree (organization_id, entity_type, entity_id, scanned_at DESC) WHERE entity_id IS NOT NULL;
CREATE INDEX qr_code_scans_plant_id_scanned_at_idx ON qr_code_scans USING btree (organization_id, plant_id, scanned_at DESC);
CREATE INDEX qr_code_scans_scanned_by_scanned_at_idx ON qr_code_scans USING btree (organization_id, scanned_by, scanned_at DESC);
CREATE INDEX qr_code_scans_scanned_value_scanned_at_idx ON qr_code_scans USING btree (organization_id, scanned_value, scanned_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON qr_code_scans FOR EACH ROW EXECUTE FUNCTION app.refuse_change('qr_code_scans');
comment on table qr_code_scans is
  'Every scan and how it resolved.';
comment on column qr_code_scans.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column qr_code_scans.organization_id is 'Tenant; part of every key and of the policy.';
comment on column qr_code_scans.plant_id is 'Plant it belongs to; device sessions see their own only.';
comment on column qr_code_scans.scanned_at is 'When it was scanned; the partition column.';
comment on column qr_code_scans.scanned_value is 'As read. For purpose LOGIN the hash of the badge, never its content.';
comment on column qr_code_scans.symbology is 'Kind of code; NULL = typed by hand.';
comment on column qr_code_scans.resolution is 'What it was understood as.';
comment on column qr_code_scans.entity_type is 'Kind of the row that entity_id names.';
comment on column qr_code_scans.entity_id is 'Row of the kind entity_type; of the same tenant.';
comment on column qr_code_scans.purpose is 'What the person was about to do.';
comment on column qr_code_scans.scanned_by is 'NULL before sign-in.';
comment on column qr_code_scans.work_order_id is 'Order it was scanned for.';
comment on column qr_code_scans.shipment_id is 'Shipment it was scanned for.';
comment on column qr_code_scans.work_center_id is 'Area of the terminal.';
comment on column qr_code_scans.input is 'How it came in.';
comment on column qr_code_scans.decode_ms is 'Time from picture to text.';
comment on column qr_code_scans.error_message is 'Why it was not understood, as shown.';
comment on column qr_code_scans.payload is 'Parts of the code: GS1 fields, serial, lot.';
comment on column qr_code_scans.uid is 'Identity of the row everywhere; made on the terminal (UUIDv7), so that it can be cited before it is sent.';
comment on column qr_code_scans.device_id is 'Terminal it was made on; NULL = the office.';
comment on column qr_code_scans.device_seq is 'Number in its lane on that terminal.';
comment on column qr_code_scans.device_time is 'Time as the device said it, uncorrected.';
comment on column qr_code_scans.time_quality is 'How far the time can be trusted: SYNCED, corrected by OFFSET, proven MONOTONIC, or CLAMPED.';
comment on column qr_code_scans.recorded_at is 'When the server received it.';
