-- Branding
--
-- Written by `cargo xtask gen` from the catalog of a live database; do not edit.
-- For reading: a database is made by migrations/.

-- ----------------------------------------------------------------------------

create table organization_branding (
  id                 integer generated always as identity not null,
  organization_id    integer not null,
  display_name       text,
  tagline            text,
  logo_file_id       integer,
  logo_dark_file_id  integer,
  logo_small_file_id integer,
  favicon_file_id    integer,
  colors             jsonb default '{}'::jsonb not null,
  theme              jsonb default '{}'::jsonb not null,
  custom_domain      text,
  support_email      text,
  support_phone      text,
  website_url        text,
  address            jsonb default '{}'::jsonb not null,
  email_footer       text,
  login_page         jsonb default '{}'::jsonb not null,
  is_active          boolean default true not null,
  created_at         timestamp with time zone default now() not null,
  created_by         integer default app.actor(),
  updated_at         timestamp with time zone default now() not null,
  updated_by         integer default app.actor(),
  row_version        integer default 1 not null,
  constraint organization_branding_pkey PRIMARY KEY (id),
  constraint organization_branding_id_key UNIQUE (organization_id, id),
  constraint organization_branding_organization_id_key UNIQUE (organization_id),
  constraint organization_branding_address_check CHECK (jsonb_typeof(address) = 'object'::text),
  constraint organization_branding_colors_check CHECK (jsonb_typeof(colors) = 'object'::text),
  constraint organization_branding_custom_domain_check CHECK (char_length(custom_domain) >= 1 AND char_length(custom_domain) <= 253),
  constraint organization_branding_display_name_check CHECK (char_length(display_name) >= 1 AND char_length(display_name) <= 200),
  constraint organization_branding_email_footer_check CHECK (char_length(email_footer) >= 1 AND char_length(email_footer) <= 2000),
  constraint organization_branding_login_page_check CHECK (jsonb_typeof(login_page) = 'object'::text),
  constraint organization_branding_support_email_check CHECK (char_length(support_email) >= 1 AND char_length(support_email) <= 254),
  constraint organization_branding_support_phone_check CHECK (char_length(support_phone) >= 1 AND char_length(support_phone) <= 50),
  constraint organization_branding_tagline_check CHECK (char_length(tagline) >= 1 AND char_length(tagline) <= 500),
  constraint organization_branding_theme_check CHECK (jsonb_typeof(theme) = 'object'::text),
  constraint organization_branding_website_url_check CHECK (char_length(website_url) >= 1 AND char_length(website_url) <= 500),
  constraint organization_branding_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint organization_branding_favicon_file_id_fkey FOREIGN KEY (organization_id, favicon_file_id) REFERENCES file_uploads(organization_id, id),
  constraint organization_branding_logo_dark_file_id_fkey FOREIGN KEY (organization_id, logo_dark_file_id) REFERENCES file_uploads(organization_id, id),
  constraint organization_branding_logo_file_id_fkey FOREIGN KEY (organization_id, logo_file_id) REFERENCES file_uploads(organization_id, id),
  constraint organization_branding_logo_small_file_id_fkey FOREIGN KEY (organization_id, logo_small_file_id) REFERENCES file_uploads(organization_id, id),
  constraint organization_branding_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint organization_branding_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX organization_branding_custom_domain_key ON organization_branding USING btree (lower(custom_domain));
CREATE TRIGGER audit_delete AFTER DELETE ON organization_branding REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('display_name');
CREATE TRIGGER audit_insert AFTER INSERT ON organization_branding REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('display_name');
CREATE TRIGGER audit_update AFTER UPDATE ON organization_branding REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('display_name');
CREATE TRIGGER feed_delete AFTER DELETE ON organization_branding REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_insert AFTER INSERT ON organization_branding REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed();
CREATE TRIGGER feed_update AFTER UPDATE ON organization_branding REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.feed('versioned');
CREATE TRIGGER touch BEFORE UPDATE ON organization_branding FOR EACH ROW WHEN (old.display_name IS DISTINCT FROM new.display_name OR old.tagline IS DISTINCT FROM new.tagline OR old.logo_file_id IS DISTINCT FROM new.logo_file_id OR old.logo_dark_file_id IS DISTINCT FROM new.logo_dark_file_id OR old.logo_small_file_id IS DISTINCT FROM new.logo_small_file_id OR old.favicon_file_id IS DISTINCT FROM new.favicon_file_id OR old.colors IS DISTINCT FROM new.colors OR old.theme IS DISTINCT FROM new.theme OR old.custom_domain IS DISTINCT FROM new.custom_domain OR old.support_email IS DISTINCT FROM new.support_email OR old.support_phone IS DISTINCT FROM new.support_phone OR old.website_url IS DISTINCT FROM new.website_url OR old.address IS DISTINCT FROM new.address OR old.email_footer IS DISTINCT FROM new.email_footer OR old.login_page IS DISTINCT FROM new.login_page OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table organization_branding is
  'White-label look of a tenant.';
comment on column organization_branding.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column organization_branding.organization_id is 'Tenant; part of every key and of the policy.';
comment on column organization_branding.display_name is 'Instead of the organization''s name.';
comment on column organization_branding.tagline is 'Line below the name.';
comment on column organization_branding.logo_file_id is 'On light ground.';
comment on column organization_branding.logo_dark_file_id is 'On dark ground.';
comment on column organization_branding.logo_small_file_id is 'Top bar of terminals.';
comment on column organization_branding.favicon_file_id is 'Browser tab.';
comment on column organization_branding.colors is 'Primary, secondary, accent … as #rrggbb.';
comment on column organization_branding.theme is 'Further look: radius, density, dark mode.';
comment on column organization_branding.custom_domain is 'Own host name of the sign-in page; unique over all tenants.';
comment on column organization_branding.support_email is 'Shown to people who need help.';
comment on column organization_branding.support_phone is 'Shown to people who need help.';
comment on column organization_branding.website_url is 'Shown on the sign-in page.';
comment on column organization_branding.address is 'Postal address, by line.';
comment on column organization_branding.email_footer is 'Below every mail.';
comment on column organization_branding.login_page is 'Texts and picture of the sign-in page.';
comment on column organization_branding.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column organization_branding.created_at is 'When the row was made.';
comment on column organization_branding.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column organization_branding.updated_at is 'When it last became a new version.';
comment on column organization_branding.updated_by is 'Who made the last version.';
comment on column organization_branding.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';

-- ----------------------------------------------------------------------------

create table email_templates (
  id              integer generated always as identity not null,
  organization_id integer not null,
  template_code   text not null,
  locale          text default 'en'::text not null,
  version         integer default 1 not null,
  template_name   text not null,
  template_type   text default 'NOTIFICATION'::text not null,
  subject         text not null,
  body_html       text not null,
  body_text       text,
  variables       jsonb default '[]'::jsonb not null,
  from_name       text,
  reply_to        text,
  include_header  boolean default true not null,
  include_footer  boolean default true not null,
  is_system       boolean default false not null,
  is_active       boolean default true not null,
  created_at      timestamp with time zone default now() not null,
  created_by      integer default app.actor(),
  updated_at      timestamp with time zone default now() not null,
  updated_by      integer default app.actor(),
  row_version     integer default 1 not null,
  constraint email_templates_pkey PRIMARY KEY (id),
  constraint email_templates_id_key UNIQUE (organization_id, id),
  constraint email_templates_template_code_locale_version_key UNIQUE (organization_id, template_code, locale, version),
  constraint email_templates_body_html_check CHECK (char_length(body_html) >= 1 AND char_length(body_html) <= 200000),
  constraint email_templates_body_text_check CHECK (char_length(body_text) >= 1 AND char_length(body_text) <= 100000),
  constraint email_templates_from_name_check CHECK (char_length(from_name) >= 1 AND char_length(from_name) <= 200),
  constraint email_templates_locale_check CHECK (char_length(locale) >= 1 AND char_length(locale) <= 35),
  constraint email_templates_reply_to_check CHECK (char_length(reply_to) >= 1 AND char_length(reply_to) <= 254),
  constraint email_templates_subject_check CHECK (char_length(subject) >= 1 AND char_length(subject) <= 500),
  constraint email_templates_template_code_check CHECK (template_code ~ '^[A-Z0-9][A-Z0-9._/-]{0,49}$'::text),
  constraint email_templates_template_name_check CHECK (char_length(template_name) >= 1 AND char_length(template_name) <= 200),
  constraint email_templates_template_type_check CHECK (template_type = ANY (ARRAY['TRANSACTIONAL'::text, 'NOTIFICATION'::text, 'SYSTEM'::text, 'MARKETING'::text])),
  constraint email_templates_variables_check CHECK (jsonb_typeof(variables) = 'array'::text),
  constraint email_templates_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES users(organization_id, id),
  constraint email_templates_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint email_templates_updated_by_fkey FOREIGN KEY (organization_id, updated_by) REFERENCES users(organization_id, id)
);
CREATE UNIQUE INDEX email_templates_template_code_locale_key ON email_templates USING btree (organization_id, template_code, locale) WHERE is_active;
CREATE TRIGGER audit_delete AFTER DELETE ON email_templates REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('template_code');
CREATE TRIGGER audit_insert AFTER INSERT ON email_templates REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('template_code');
CREATE TRIGGER audit_update AFTER UPDATE ON email_templates REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.audit('template_code');
CREATE TRIGGER touch BEFORE UPDATE ON email_templates FOR EACH ROW WHEN (old.template_code IS DISTINCT FROM new.template_code OR old.locale IS DISTINCT FROM new.locale OR old.version IS DISTINCT FROM new.version OR old.template_name IS DISTINCT FROM new.template_name OR old.template_type IS DISTINCT FROM new.template_type OR old.subject IS DISTINCT FROM new.subject OR old.body_html IS DISTINCT FROM new.body_html OR old.body_text IS DISTINCT FROM new.body_text OR old.variables IS DISTINCT FROM new.variables OR old.from_name IS DISTINCT FROM new.from_name OR old.reply_to IS DISTINCT FROM new.reply_to OR old.include_header IS DISTINCT FROM new.include_header OR old.include_footer IS DISTINCT FROM new.include_footer OR old.is_system IS DISTINCT FROM new.is_system OR old.is_active IS DISTINCT FROM new.is_active) EXECUTE FUNCTION app.touch();
comment on table email_templates is
  'Texts of system mails per tenant and language.';
comment on column email_templates.id is 'Given by the database; a restore skips ahead, so that no id ever names two rows.';
comment on column email_templates.organization_id is 'Tenant; part of every key and of the policy.';
comment on column email_templates.template_code is 'One per purpose; languages and versions share it.';
comment on column email_templates.locale is 'BCP 47 tag of the text.';
comment on column email_templates.version is 'The active one is sent.';
comment on column email_templates.template_name is 'As shown to administrators.';
comment on column email_templates.template_type is 'Kind of mail; MARKETING needs consent.';
comment on column email_templates.subject is 'May name variables.';
comment on column email_templates.body_html is 'Values are escaped when rendered.';
comment on column email_templates.body_text is 'For readers without HTML.';
comment on column email_templates.variables is 'Name, required, example.';
comment on column email_templates.from_name is 'Sender as shown.';
comment on column email_templates.reply_to is 'Where answers go.';
comment on column email_templates.include_header is 'With the tenant''s logo.';
comment on column email_templates.include_footer is 'With the tenant''s footer.';
comment on column email_templates.is_system is 'Comes with the release: switched off, not edited or deleted.';
comment on column email_templates.is_active is 'FALSE = no longer offered; rows that name it stay valid.';
comment on column email_templates.created_at is 'When the row was made.';
comment on column email_templates.created_by is 'Who made it; NULL = the system or a terminal without a person.';
comment on column email_templates.updated_at is 'When it last became a new version.';
comment on column email_templates.updated_by is 'Who made the last version.';
comment on column email_templates.row_version is 'Plus one per change that matters; what an edit names to be sure it saw the newest row.';
