-- What pages and programs ask of history is answered by an index in the order of the numbers, the
-- last ended first; tests are numbered in the order in which they ended.

create index ended_test_project on ended_test (project, number);
create index ended_test_owner on ended_test (owner, number);
create index ended_test_client on ended_test (client, number);
create index ended_test_node on ended_test (node, number);
create index ended_test_fault on ended_test (fault, number);
create index ended_test_code on ended_test (code, number);
create index ended_test_time on ended_test (ended, number);
drop index ended_test_ended;

-- How many ended how and why: changed together with the tests.
create table ended_count (
  verdict varchar(20) not null,
  fault varchar(20) not null,
  code varchar(100) not null,
  tests bigint not null,
  primary key (verdict, fault, code)
);

insert into ended_count (verdict, fault, code, tests)
  select verdict, fault, code, count(*) from ended_test group by verdict, fault, code;
