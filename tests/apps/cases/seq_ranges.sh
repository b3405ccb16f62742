seq 3; seq 2 5; seq 5 2; seq 0; seq 0 1
