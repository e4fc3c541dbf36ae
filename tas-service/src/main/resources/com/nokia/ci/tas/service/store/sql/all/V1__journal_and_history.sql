-- Times are milliseconds since the Unix epoch. Journal and checkpoints hold secrets, history none.

create table journal (
  number ${number} primary key,
  happened bigint not null,
  format integer not null,
  checksum bigint not null,
  content ${bytes} not null
);

-- Counts only when it is here: its parts are written before.
create table checkpoint (
  batch ${number} primary key,
  happened bigint not null,
  format integer not null,
  parts integer not null
);

create table checkpoint_part (
  batch bigint not null,
  part integer not null,
  checksum bigint not null,
  content ${bytes} not null,
  primary key (batch, part)
);

create table ended_test (
  number ${number} primary key,
  id varchar(1000) not null,
  project varchar(1000) not null,
  owner varchar(1000) not null,
  client varchar(1000) not null,
  verdict varchar(20) not null,
  code varchar(100) not null,
  fault varchar(20) not null,
  attempts integer not null,
  node varchar(1000) not null,
  received bigint not null,
  reserved bigint,
  started bigint,
  ended bigint not null,
  test text not null
);

create index ended_test_id on ended_test (id, number);
create index ended_test_verdict on ended_test (verdict, number);
create index ended_test_ended on ended_test (ended);

create table ended_test_product (
  imei varchar(1000) not null,
  number bigint not null,
  primary key (imei, number)
);

create index ended_test_product_number on ended_test_product (number);
