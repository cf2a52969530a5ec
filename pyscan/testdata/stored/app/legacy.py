# Where Moved was before, and what others are called that are not those of models.
from .models import Moved


class Other:
    pass
