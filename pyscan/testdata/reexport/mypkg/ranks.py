from mpi4py import MPI
from multiprocessing.connection import Client as connect

comm = MPI.COMM_WORLD
