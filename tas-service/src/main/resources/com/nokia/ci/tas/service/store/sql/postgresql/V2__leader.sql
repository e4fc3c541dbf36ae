-- Which service writes. It counts on with each one that takes over; who still has the number of an
-- earlier one writes no more.

create table leader (
  id integer primary key check (id = 1),
  epoch bigint not null,
  since timestamptz not null default now()
);

insert into leader (id, epoch) values (1, 0);
