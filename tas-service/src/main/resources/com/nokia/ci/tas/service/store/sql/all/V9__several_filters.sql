-- Several things that are asked for at once are found in one index, without the tests that it leaves
-- out: whose they were, of which project, and how they ended.

drop index ended_test_project;
drop index ended_test_owner;
drop index ended_test_client;
drop index ended_test_node;
create index ended_test_project on ended_test (project, number, owner, verdict);
create index ended_test_owner on ended_test (owner, number, project, verdict);
create index ended_test_client on ended_test (client, number, project, owner, verdict);
create index ended_test_node on ended_test (node, number, project, owner, verdict);
