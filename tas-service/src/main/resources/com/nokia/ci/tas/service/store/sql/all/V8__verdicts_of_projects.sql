-- What failed in a project is asked for more than anything else that takes two indexes.

create index ended_test_project_verdict on ended_test (project, verdict, number);
