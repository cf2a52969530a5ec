from mypkg import load_blob

# picklelint:trust boundary=host reason="spool written by this program only, mode 0600"
load_blob(b)
