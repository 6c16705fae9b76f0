CREATE TABLE file (
  number INTEGER PRIMARY KEY,
  account VARCHAR(100) NOT NULL,
  file VARCHAR(100) NOT NULL,
  section VARCHAR(100) NOT NULL,
  pointer BYTEA NOT NULL,
  UNIQUE (account, file, section)
);
CREATE SEQUENCE file_number START WITH 1 CACHE 1;

CREATE TABLE item (
  file_number INTEGER NOT NULL,
  id BYTEA NOT NULL,
  parts INTEGER NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (file_number, id)
);
CREATE TABLE item_part (
  file_number INTEGER NOT NULL,
  id BYTEA NOT NULL,
  part INTEGER NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (file_number, id, part)
);

CREATE TABLE log_entry (
  lsn BIGINT PRIMARY KEY,
  committed_at BIGINT NOT NULL,
  parts INTEGER NOT NULL,
  payload BYTEA NOT NULL
);
CREATE TABLE log_entry_part (
  lsn BIGINT NOT NULL,
  part INTEGER NOT NULL,
  payload BYTEA NOT NULL,
  PRIMARY KEY (lsn, part)
);

CREATE TABLE node_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  node_id VARCHAR(100) NOT NULL,
  history_id VARCHAR(100) NOT NULL,
  lsn_reserved BIGINT NOT NULL,
  lsn_pumped BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  closed VARCHAR(1000) NOT NULL
);
CREATE TABLE slave_position (
  server VARCHAR(100) PRIMARY KEY,
  history VARCHAR(100) NOT NULL,
  transaction_number BIGINT NOT NULL,
  lsn BIGINT NOT NULL
);
