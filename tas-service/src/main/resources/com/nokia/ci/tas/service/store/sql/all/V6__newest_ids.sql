-- The ids of the tests that ended last, without the tests: from them it is guessed how a part of an
-- id is found soonest.

create index ended_test_newest on ended_test (number, id);
