"""The course: ten lessons from compressed gradients to tight rates, each a script, a notebook, a page, a chapter."""

from eftheory.course.lesson import Lesson as Lesson
from eftheory.course.lesson import find_lessons as find_lessons
