-- What those who count history want of each test beside what is asked for: how many products its last
-- run had, and which products it asked for, without secrets ('': ended before this was kept).

alter table ended_test add column products integer not null default 0;
alter table ended_test add column wanted varchar(1000) not null default '';

update ended_test set products =
  (select count(*) from ended_test_product had where had.number = ended_test.number);
