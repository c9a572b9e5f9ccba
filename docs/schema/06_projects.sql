-- Projects
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table project_documents (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  project_id        integer not null,
  document_code     text not null,
  revision          integer default 1 not null,
  version_label     text not null,
  document_name     text not null,
  document_type     text not null,
  category_id       integer,
  description       text,
  file_id           integer not null,
  status            text default 'DRAFT'::text not null,
  is_latest         boolean default true not null,
  supersedes_id     integer,
  tags              text[] default '{}'::text[] not null,
  workflow_state_id integer,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint project_documents_pkey PRIMARY KEY (id),
  constraint project_documents_id_key UNIQUE (organization_id, id),
  constraint project_documents_project_id_document_code_revision_key UNIQUE (organization_id, project_id, document_code, revision),
  constraint project_documents_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 2000),
  constraint project_documents_document_code_check CHECK (document_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint project_documents_document_name_check CHECK (char_length(document_name) >= 1 AND char_length(document_name) <= 200),
  constraint project_documents_document_type_check CHECK (document_type = ANY (ARRAY['DRAWING'::text, 'SPEC'::text, 'REPORT'::text, 'CONTRACT'::text, 'PROCEDURE'::text, 'MANUAL'::text, 'OTHER'::text])),
  constraint project_documents_revision_check CHECK (revision >= 1),
  constraint project_documents_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'IN_REVIEW'::text, 'RELEASED'::text, 'SUPERSEDED'::text, 'ARCHIVED'::text])),
  constraint project_documents_version_label_check CHECK (char_length(version_label) >= 1 AND char_length(version_label) <= 50),
  constraint project_documents_category_id_fkey FOREIGN KEY (organization_id, category_id) REFERENCES type_list_values(organization_id, id),
  constraint project_documents_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint project_documents_file_id_fkey FOREIGN KEY (organization_id, file_id) REFERENCES file_uploads(organization_id, id),
  constraint project_documents_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint project_documents_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint project_documents_supersedes_id_fkey FOREIGN KEY (organization_id, supersedes_id) REFERENCES project_documents(organization_id, id),
  constraint project_documents_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint project_documents_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE UNIQUE INDEX project_documents_project_id_document_code_key ON project_documents USING btree (organization_id, project_id, document_code) WHERE is_latest;
CREATE INDEX project_documents_project_id_document_type_idx ON project_documents USING btree (organization_id, project_id, document_type) WHERE is_latest;
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON project_documents FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON project_documents REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('document_code');
CREATE TRIGGER audit_insert AFTER INSERT ON project_documents REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('document_code');
CREATE TRIGGER audit_update AFTER UPDATE ON project_documents REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('document_code');
CREATE TRIGGER feed_delete AFTER DELETE ON project_documents REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON project_documents REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON project_documents REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER guard_list_category_id BEFORE INSERT OR UPDATE OF category_id ON project_documents FOR EACH ROW WHEN (new.category_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('project_documents', 'category_id', 'DOCUMENT_CATEGORY');
CREATE TRIGGER touch BEFORE UPDATE ON project_documents FOR EACH ROW WHEN (old.project_id IS DISTINCT FROM new.project_id OR old.document_code IS DISTINCT FROM new.document_code OR old.revision IS DISTINCT FROM new.revision OR old.version_label IS DISTINCT FROM new.version_label OR old.document_name IS DISTINCT FROM new.document_name OR old.document_type IS DISTINCT FROM new.document_type OR old.category_id IS DISTINCT FROM new.category_id OR old.description IS DISTINCT FROM new.description OR old.file_id IS DISTINCT FROM new.file_id OR old.status IS DISTINCT FROM new.status OR old.is_latest IS DISTINCT FROM new.is_latest OR old.supersedes_id IS DISTINCT FROM new.supersedes_id OR old.tags IS DISTINCT FROM new.tags OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table project_documents is
  'Versioned files of a project.';
comment on column project_documents.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column project_documents.organization_id is 'Tenant; part of every key and of the policy.';
comment on column project_documents.document_code is 'One per document; revisions share it.';
comment on column project_documents.revision is 'Counts up within the document.';
comment on column project_documents.version_label is 'A, B, 1.0.';
comment on column project_documents.document_name is 'Title.';
comment on column project_documents.document_type is 'Fixed kind; the tenant''s own ones are categories.';
comment on column project_documents.category_id is 'Value of the list DOCUMENT_CATEGORY.';
comment on column project_documents.description is 'Free words.';
comment on column project_documents.file_id is 'Size, hash and type live there, once.';
comment on column project_documents.status is 'Moves only as app.transitions() allows.';
comment on column project_documents.is_latest is 'One per document; terminals show released latest ones only.';
comment on column project_documents.supersedes_id is 'The revision it replaces.';
comment on column project_documents.tags is 'Words to find it by.';
comment on column project_documents.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column project_documents.created_at is 'When the row was made.';
comment on column project_documents.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column project_documents.updated_at is 'When it last became a new version.';
comment on column project_documents.updated_by is 'Who made the last version.';
comment on column project_documents.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table project_milestones (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  project_id        integer not null,
  milestone_code    text not null,
  milestone_name    text not null,
  milestone_type_id integer,
  baseline_date     date not null,
  planned_date      date not null,
  actual_date       date,
  status            text default 'NOT_STARTED'::text not null,
  progress_ratio    numeric(9,6) default 0 not null,
  is_critical_path  boolean default false not null,
  predecessor_ids   integer[] default '{}'::integer[] not null,
  owner_user_id     integer,
  deliverables      jsonb default '[]'::jsonb not null,
  alert_days_before smallint,
  notes             text,
  display_order     integer default 0 not null,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint project_milestones_pkey PRIMARY KEY (id),
  constraint project_milestones_id_key UNIQUE (organization_id, id),
  constraint project_milestones_project_id_milestone_code_key UNIQUE (organization_id, project_id, milestone_code),
  constraint project_milestones_deliverables_check CHECK (jsonb_typeof(deliverables) = 'array'::text),
  constraint project_milestones_milestone_code_check CHECK (milestone_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint project_milestones_milestone_name_check CHECK (char_length(milestone_name) >= 1 AND char_length(milestone_name) <= 200),
  constraint project_milestones_notes_check CHECK (char_length(notes) >= 1 AND char_length(notes) <= 4000),
  constraint project_milestones_progress_ratio_check CHECK (progress_ratio >= 0::numeric AND progress_ratio <= 1::numeric),
  constraint project_milestones_status_actual_date_check CHECK ((status = 'COMPLETED'::text) = (actual_date IS NOT NULL)),
  constraint project_milestones_status_check CHECK (status = ANY (ARRAY['NOT_STARTED'::text, 'IN_PROGRESS'::text, 'COMPLETED'::text, 'CANCELLED'::text])),
  constraint project_milestones_status_progress_ratio_check CHECK (status <> 'COMPLETED'::text OR progress_ratio = 1::numeric),
  constraint project_milestones_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint project_milestones_milestone_type_id_fkey FOREIGN KEY (organization_id, milestone_type_id) REFERENCES type_list_values(organization_id, id),
  constraint project_milestones_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint project_milestones_owner_user_id_fkey FOREIGN KEY (organization_id, owner_user_id) REFERENCES users(organization_id, id),
  constraint project_milestones_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint project_milestones_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX project_milestones_planned_date_idx ON project_milestones USING btree (organization_id, planned_date) WHERE status = ANY (ARRAY['NOT_STARTED'::text, 'IN_PROGRESS'::text]);
CREATE INDEX project_milestones_project_id_planned_date_idx ON project_milestones USING btree (organization_id, project_id, planned_date);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON project_milestones FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON project_milestones REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('milestone_code');
CREATE TRIGGER audit_insert AFTER INSERT ON project_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('milestone_code');
CREATE TRIGGER audit_update AFTER UPDATE ON project_milestones REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('milestone_code');
CREATE TRIGGER guard_list_milestone_type_id BEFORE INSERT OR UPDATE OF milestone_type_id ON project_milestones FOR EACH ROW WHEN (new.milestone_type_id IS NOT NULL) EXECUTE FUNCTION app.guard_list('project_milestones', 'milestone_type_id', 'MILESTONE_TYPE');
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE OF predecessor_ids, project_id ON project_milestones FOR EACH ROW WHEN (new.predecessor_ids <> '{}'::integer[]) EXECUTE FUNCTION app.guard_milestone();
CREATE TRIGGER touch BEFORE UPDATE ON project_milestones FOR EACH ROW WHEN (old.project_id IS DISTINCT FROM new.project_id OR old.milestone_code IS DISTINCT FROM new.milestone_code OR old.milestone_name IS DISTINCT FROM new.milestone_name OR old.milestone_type_id IS DISTINCT FROM new.milestone_type_id OR old.baseline_date IS DISTINCT FROM new.baseline_date OR old.planned_date IS DISTINCT FROM new.planned_date OR old.actual_date IS DISTINCT FROM new.actual_date OR old.status IS DISTINCT FROM new.status OR old.progress_ratio IS DISTINCT FROM new.progress_ratio OR old.is_critical_path IS DISTINCT FROM new.is_critical_path OR old.predecessor_ids IS DISTINCT FROM new.predecessor_ids OR old.owner_user_id IS DISTINCT FROM new.owner_user_id OR old.deliverables IS DISTINCT FROM new.deliverables OR old.alert_days_before IS DISTINCT FROM new.alert_days_before OR old.notes IS DISTINCT FROM new.notes OR old.display_order IS DISTINCT FROM new.display_order) EXECUTE FUNCTION app.touch();
comment on table project_milestones is
  'Dated deliverables of a project.';
comment on column project_milestones.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column project_milestones.organization_id is 'Tenant; part of every key and of the policy.';
comment on column project_milestones.milestone_code is 'Unique in the project.';
comment on column project_milestones.milestone_name is 'Name of the milestone.';
comment on column project_milestones.milestone_type_id is 'Value of the list MILESTONE_TYPE.';
comment on column project_milestones.baseline_date is 'As first promised.';
comment on column project_milestones.planned_date is 'As planned now; late = past and not finished, derived and not stored.';
comment on column project_milestones.actual_date is 'Day of completion; only when COMPLETED.';
comment on column project_milestones.status is 'Moves only as app.transitions() allows.';
comment on column project_milestones.progress_ratio is '0 to 1; COMPLETED is 1.';
comment on column project_milestones.is_critical_path is 'A delay here delays the project.';
comment on column project_milestones.predecessor_ids is 'Milestones of the same project that come first.';
comment on column project_milestones.owner_user_id is 'Who answers for it.';
comment on column project_milestones.deliverables is 'What must be there: list of texts.';
comment on column project_milestones.alert_days_before is 'Remind the owner so many days ahead.';
comment on column project_milestones.notes is 'Free words.';
comment on column project_milestones.display_order is 'Position in lists, ascending.';
comment on column project_milestones.created_at is 'When the row was made.';
comment on column project_milestones.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column project_milestones.updated_at is 'When it last became a new version.';
comment on column project_milestones.updated_by is 'Who made the last version.';
comment on column project_milestones.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table rda_drawings (
  id                integer generated always as identity not null,
  organization_id   integer not null,
  project_id        integer not null,
  rda_number        text not null,
  drawing_number    text not null,
  revision          text not null,
  drawing_title     text not null,
  description       text,
  document_id       integer,
  status            text default 'DRAFT'::text not null,
  priority          text default 'NORMAL'::text not null,
  required_by       date,
  submitted_by      integer,
  submitted_at      timestamp with time zone,
  decided_by        integer,
  decided_at        timestamp with time zone,
  rejection_reason  text,
  superseded_by_id  integer,
  distribution      text[] default '{}'::text[] not null,
  workflow_state_id integer,
  created_at        timestamp with time zone default now() not null,
  created_by        integer default app.actor(),
  updated_at        timestamp with time zone default now() not null,
  updated_by        integer default app.actor(),
  row_version       integer default 1 not null,
  constraint rda_drawings_pkey PRIMARY KEY (id),
  constraint rda_drawings_id_key UNIQUE (organization_id, id),
  constraint rda_drawings_project_id_drawing_number_revision_key UNIQUE (organization_id, project_id, drawing_number, revision),
  constraint rda_drawings_project_id_rda_number_key UNIQUE (organization_id, project_id, rda_number),
  constraint rda_drawings_description_check CHECK (char_length(description) >= 1 AND char_length(description) <= 4000),
  constraint rda_drawings_drawing_number_check CHECK (char_length(drawing_number) >= 1 AND char_length(drawing_number) <= 100),
  constraint rda_drawings_drawing_title_check CHECK (char_length(drawing_title) >= 1 AND char_length(drawing_title) <= 200),
  constraint rda_drawings_priority_check CHECK (priority = ANY (ARRAY['LOW'::text, 'NORMAL'::text, 'HIGH'::text, 'URGENT'::text])),
  constraint rda_drawings_rda_number_check CHECK (rda_number ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint rda_drawings_rejection_reason_check CHECK (char_length(rejection_reason) >= 1 AND char_length(rejection_reason) <= 2000),
  constraint rda_drawings_revision_check CHECK (char_length(revision) >= 1 AND char_length(revision) <= 20),
  constraint rda_drawings_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'IN_REVIEW'::text, 'APPROVED'::text, 'REJECTED'::text, 'SUPERSEDED'::text])),
  constraint rda_drawings_status_decided_at_check CHECK ((status = ANY (ARRAY['APPROVED'::text, 'REJECTED'::text, 'SUPERSEDED'::text])) = (decided_at IS NOT NULL)),
  constraint rda_drawings_status_rejection_reason_check CHECK (status <> 'REJECTED'::text OR rejection_reason IS NOT NULL),
  constraint rda_drawings_status_submitted_at_check CHECK (status = 'DRAFT'::text OR submitted_at IS NOT NULL AND document_id IS NOT NULL),
  constraint rda_drawings_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint rda_drawings_decided_by_fkey FOREIGN KEY (organization_id, decided_by) REFERENCES users(organization_id, id),
  constraint rda_drawings_document_id_fkey FOREIGN KEY (organization_id, document_id) REFERENCES project_documents(organization_id, id),
  constraint rda_drawings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint rda_drawings_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint rda_drawings_submitted_by_fkey FOREIGN KEY (organization_id, submitted_by) REFERENCES users(organization_id, id),
  constraint rda_drawings_superseded_by_id_fkey FOREIGN KEY (organization_id, superseded_by_id) REFERENCES rda_drawings(organization_id, id),
  constraint rda_drawings_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id),
  constraint rda_drawings_workflow_state_id_fkey FOREIGN KEY (organization_id, workflow_state_id) REFERENCES workflow_states(organization_id, id)
);
CREATE INDEX rda_drawings_drawing_number_idx ON rda_drawings USING btree (organization_id, drawing_number);
CREATE UNIQUE INDEX rda_drawings_project_id_drawing_number_key ON rda_drawings USING btree (organization_id, project_id, drawing_number) WHERE status = 'APPROVED'::text;
CREATE INDEX rda_drawings_project_id_status_idx ON rda_drawings USING btree (organization_id, project_id, status);
CREATE TRIGGER allow_transition BEFORE UPDATE OF status ON rda_drawings FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_transition();
CREATE TRIGGER audit_delete AFTER DELETE ON rda_drawings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('rda_number');
CREATE TRIGGER audit_insert AFTER INSERT ON rda_drawings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('rda_number');
CREATE TRIGGER audit_update AFTER UPDATE ON rda_drawings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('rda_number');
CREATE TRIGGER guard_rda BEFORE UPDATE OF status ON rda_drawings FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION app.guard_rda();
CREATE TRIGGER touch BEFORE UPDATE ON rda_drawings FOR EACH ROW WHEN (old.project_id IS DISTINCT FROM new.project_id OR old.rda_number IS DISTINCT FROM new.rda_number OR old.drawing_number IS DISTINCT FROM new.drawing_number OR old.revision IS DISTINCT FROM new.revision OR old.drawing_title IS DISTINCT FROM new.drawing_title OR old.description IS DISTINCT FROM new.description OR old.document_id IS DISTINCT FROM new.document_id OR old.status IS DISTINCT FROM new.status OR old.priority IS DISTINCT FROM new.priority OR old.required_by IS DISTINCT FROM new.required_by OR old.submitted_by IS DISTINCT FROM new.submitted_by OR old.submitted_at IS DISTINCT FROM new.submitted_at OR old.decided_by IS DISTINCT FROM new.decided_by OR old.decided_at IS DISTINCT FROM new.decided_at OR old.rejection_reason IS DISTINCT FROM new.rejection_reason OR old.superseded_by_id IS DISTINCT FROM new.superseded_by_id OR old.distribution IS DISTINCT FROM new.distribution OR old.workflow_state_id IS DISTINCT FROM new.workflow_state_id) EXECUTE FUNCTION app.touch();
comment on table rda_drawings is
  'RDA = request for drawing approval: one drawing revision going through sign-off.';
comment on column rda_drawings.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column rda_drawings.organization_id is 'Tenant; part of every key and of the policy.';
comment on column rda_drawings.rda_number is 'Number of the request.';
comment on column rda_drawings.drawing_number is 'Drawing to be approved.';
comment on column rda_drawings.revision is 'As written on the drawing.';
comment on column rda_drawings.drawing_title is 'As written on the drawing.';
comment on column rda_drawings.description is 'Free words.';
comment on column rda_drawings.document_id is 'The file to be approved; needed to submit.';
comment on column rda_drawings.status is 'Moves only as app.transitions() allows.';
comment on column rda_drawings.priority is 'How urgent it is.';
comment on column rda_drawings.required_by is 'Day the decision is needed.';
comment on column rda_drawings.submitted_by is 'Who asked for approval.';
comment on column rda_drawings.submitted_at is 'When it was asked for.';
comment on column rda_drawings.decided_by is 'Who gave the last answer.';
comment on column rda_drawings.decided_at is 'When it was decided.';
comment on column rda_drawings.rejection_reason is 'Needed when REJECTED; a new revision row follows.';
comment on column rda_drawings.superseded_by_id is 'The revision that replaced it.';
comment on column rda_drawings.distribution is 'Who gets the approved drawing.';
comment on column rda_drawings.workflow_state_id is 'Present state in the tenant''s own workflow, beside the fixed status.';
comment on column rda_drawings.created_at is 'When the row was made.';
comment on column rda_drawings.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column rda_drawings.updated_at is 'When it last became a new version.';
comment on column rda_drawings.updated_by is 'Who made the last version.';
comment on column rda_drawings.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table project_bom (
  id                   integer generated always as identity not null,
  organization_id      integer not null,
  project_id           integer not null,
  item_code            text not null,
  parent_id            integer,
  level                smallint default 1 not null,
  sequence             integer default 0 not null,
  bom_type             text default 'PROJECT_BOM'::text not null,
  material_id          integer,
  part_number          text,
  part_description     text,
  quantity_required    numeric(18,4) not null,
  quantity_allocated   numeric(18,4) default 0 not null,
  quantity_issued      numeric(18,4) default 0 not null,
  unit_id              integer not null,
  find_number          text,
  reference_designator text,
  drawing_reference    text,
  procurement_status   text default 'PLANNED'::text not null,
  supplier_name        text,
  lead_time_days       integer,
  unit_cost            numeric(18,4),
  total_cost           numeric(18,4) generated always as (round(quantity_required * unit_cost, 4)) stored,
  is_critical          boolean default false not null,
  is_optional          boolean default false not null,
  created_at           timestamp with time zone default now() not null,
  created_by           integer default app.actor(),
  updated_at           timestamp with time zone default now() not null,
  updated_by           integer default app.actor(),
  row_version          integer default 1 not null,
  constraint project_bom_pkey PRIMARY KEY (id),
  constraint project_bom_id_key UNIQUE (organization_id, id),
  constraint project_bom_project_id_id_key UNIQUE (organization_id, project_id, id),
  constraint project_bom_project_id_item_code_key UNIQUE (organization_id, project_id, item_code),
  constraint project_bom_bom_type_check CHECK (bom_type = ANY (ARRAY['PROJECT_BOM'::text, 'ASSEMBLY_BOM'::text, 'PROCUREMENT_BOM'::text])),
  constraint project_bom_drawing_reference_check CHECK (char_length(drawing_reference) >= 1 AND char_length(drawing_reference) <= 100),
  constraint project_bom_find_number_check CHECK (char_length(find_number) >= 1 AND char_length(find_number) <= 50),
  constraint project_bom_item_code_check CHECK (item_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint project_bom_level_check CHECK (level >= 1 AND level <= 10),
  constraint project_bom_material_id_part_number_check CHECK (num_nonnulls(material_id, part_number) >= 1),
  constraint project_bom_part_description_check CHECK (char_length(part_description) >= 1 AND char_length(part_description) <= 500),
  constraint project_bom_part_number_check CHECK (char_length(part_number) >= 1 AND char_length(part_number) <= 100),
  constraint project_bom_procurement_status_check CHECK (procurement_status = ANY (ARRAY['PLANNED'::text, 'REQUESTED'::text, 'ORDERED'::text, 'RECEIVED'::text, 'PARTIALLY_ISSUED'::text, 'ISSUED'::text, 'CANCELLED'::text])),
  constraint project_bom_quantity_allocated_check CHECK (quantity_allocated >= 0::numeric),
  constraint project_bom_quantity_issued_check CHECK (quantity_issued >= 0::numeric),
  constraint project_bom_quantity_issued_quantity_allocated_check CHECK (quantity_issued <= quantity_allocated AND quantity_allocated <= quantity_required),
  constraint project_bom_quantity_required_check CHECK (quantity_required > 0::numeric),
  constraint project_bom_reference_designator_check CHECK (char_length(reference_designator) >= 1 AND char_length(reference_designator) <= 200),
  constraint project_bom_supplier_name_check CHECK (char_length(supplier_name) >= 1 AND char_length(supplier_name) <= 200),
  constraint project_bom_unit_cost_check CHECK (unit_cost >= 0::numeric),
  constraint project_bom_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint project_bom_material_id_fkey FOREIGN KEY (organization_id, material_id) REFERENCES materials(organization_id, id),
  constraint project_bom_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint project_bom_parent_id_fkey FOREIGN KEY (organization_id, project_id, parent_id) REFERENCES project_bom(organization_id, project_id, id),
  constraint project_bom_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects(organization_id, id),
  constraint project_bom_unit_id_fkey FOREIGN KEY (organization_id, unit_id) REFERENCES units_of_measure(organization_id, id),
  constraint project_bom_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE INDEX project_bom_material_id_idx ON project_bom USING btree (organization_id, material_id);
CREATE INDEX project_bom_project_id_idx ON project_bom USING btree (organization_id, project_id) WHERE is_critical;
CREATE INDEX project_bom_project_id_parent_id_idx ON project_bom USING btree (organization_id, project_id, parent_id);
CREATE TRIGGER audit_delete AFTER DELETE ON project_bom REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('item_code');
CREATE TRIGGER audit_insert AFTER INSERT ON project_bom REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('item_code');
CREATE TRIGGER audit_update AFTER UPDATE ON project_bom REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('item_code');
CREATE TRIGGER guard_tree BEFORE INSERT OR UPDATE OF parent_id, project_id, level ON project_bom FOR EACH ROW EXECUTE FUNCTION app.guard_project_item();
CREATE TRIGGER move_tree AFTER UPDATE OF parent_id, level ON project_bom FOR EACH ROW WHEN (old.level <> new.level) EXECUTE FUNCTION app.move_project_items();
CREATE TRIGGER touch BEFORE UPDATE ON project_bom FOR EACH ROW WHEN (old.project_id IS DISTINCT FROM new.project_id OR old.item_code IS DISTINCT FROM new.item_code OR old.parent_id IS DISTINCT FROM new.parent_id OR old.level IS DISTINCT FROM new.level OR old.sequence IS DISTINCT FROM new.sequence OR old.bom_type IS DISTINCT FROM new.bom_type OR old.material_id IS DISTINCT FROM new.material_id OR old.part_number IS DISTINCT FROM new.part_number OR old.part_description IS DISTINCT FROM new.part_description OR old.quantity_required IS DISTINCT FROM new.quantity_required OR old.quantity_allocated IS DISTINCT FROM new.quantity_allocated OR old.quantity_issued IS DISTINCT FROM new.quantity_issued OR old.unit_id IS DISTINCT FROM new.unit_id OR old.find_number IS DISTINCT FROM new.find_number OR old.reference_designator IS DISTINCT FROM new.reference_designator OR old.drawing_reference IS DISTINCT FROM new.drawing_reference OR old.procurement_status IS DISTINCT FROM new.procurement_status OR old.supplier_name IS DISTINCT FROM new.supplier_name OR old.lead_time_days IS DISTINCT FROM new.lead_time_days OR old.unit_cost IS DISTINCT FROM new.unit_cost OR old.is_critical IS DISTINCT FROM new.is_critical OR old.is_optional IS DISTINCT FROM new.is_optional) EXECUTE FUNCTION app.touch();
comment on table project_bom is
  'Bill of materials of one project: demand, allocation, issue, cost.';
comment on column project_bom.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column project_bom.organization_id is 'Tenant; part of every key and of the policy.';
comment on column project_bom.item_code is 'Unique in the project.';
comment on column project_bom.parent_id is 'Item of the same project it is part of; no circle.';
comment on column project_bom.level is 'Depth below the project, from 1.';
comment on column project_bom.sequence is 'Order of the work, ascending.';
comment on column project_bom.bom_type is 'Which bill of the project it belongs to.';
comment on column project_bom.material_id is 'Either this or part_number.';
comment on column project_bom.part_number is 'Of a part that is no material of ours.';
comment on column project_bom.part_description is 'What that part is.';
comment on column project_bom.quantity_required is 'Needed by the project.';
comment on column project_bom.quantity_allocated is 'Of quantity_required, set aside.';
comment on column project_bom.quantity_issued is 'Of quantity_allocated, handed out.';
comment on column project_bom.unit_id is 'Unit of the quantities in this row.';
comment on column project_bom.find_number is 'Balloon number on the drawing.';
comment on column project_bom.reference_designator is 'Place on the drawing or board.';
comment on column project_bom.drawing_reference is 'Drawing that shows it.';
comment on column project_bom.procurement_status is 'How far buying it is.';
comment on column project_bom.supplier_name is 'Who delivers it.';
comment on column project_bom.lead_time_days is 'From ordering to having it, calendar days.';
comment on column project_bom.unit_cost is 'In the tenant''s currency, per unit_id.';
comment on column project_bom.total_cost is 'Required quantity × unit cost.';
comment on column project_bom.is_critical is 'Without it the project stands.';
comment on column project_bom.is_optional is 'May be left out.';
comment on column project_bom.created_at is 'When the row was made.';
comment on column project_bom.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column project_bom.updated_at is 'When it last became a new version.';
comment on column project_bom.updated_by is 'Who made the last version.';
comment on column project_bom.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
