export PYTHONPATH=/tmp/wt/units
/work/main/.venv/bin/python "$@"
