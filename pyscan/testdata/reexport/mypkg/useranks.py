from .ranks import comm, connect
from mypkg import ranks

comm.bcast(x)  # want "mpi4py.MPI.Comm.bcast decodes what `comm` gives"
comm.Bcast(x)
ranks.comm.gather(x)  # want "mpi4py.MPI.Comm.gather"
connect(address).recv()  # want "multiprocessing.connection.Connection.recv"
connect(address).recv_bytes()
