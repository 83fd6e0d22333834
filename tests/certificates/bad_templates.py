"""Certificates with one defect in what V may see, or in what supports c measure <= V and V <= C measure."""

from __future__ import annotations

from tests.certificates.defects import DECREASE, NAMED, SHAPE, fails, refused

TEMPLATE = "the template is one of the method's"
BELOW = "below names inequalities that always hold, one number for each type"
ABOVE = "above names inequalities that always hold, one number for each type"
TEMPLATES = {
    "template_list": refused("upper.template: expected a string", "ef21", ("upper/template", ["memory"])),
    "below_list": refused("upper.below: expected an object", "ef21", ("upper/below", [["1"]])),
    "above_number": refused(
        "upper.above['interpolation 0 1']: expected a list", "ef21", ("upper/above", {"interpolation 0 1": "1"})
    ),
    "template_empty": refused("upper.template: empty; leave it out", "ef21", ("upper/template", "")),
    "below_empty": refused("upper.below: empty; leave it out", "ef21", ("upper/below", {})),
    "template_unknown": fails("upper", TEMPLATE, "ef21", ("upper/template", "values, memory")),
    "template_hostile": fails("upper", TEMPLATE, "ef21", ("upper/template", "\x1b[31m" + "m" * 9999)),
    "template_without_second_point": fails("upper", TEMPLATE, "ef21", ("upper/template", "values")),
    "template_dropped": fails("upper", NAMED, "ef21, alike, memory", ("upper/template", ...)),
    "template_added": fails("upper", NAMED, "ef21", ("upper/template", "memory")),
    "template_without_its_values": fails("upper", NAMED, "ef21, memory and values", ("upper/template", "memory")),
    "memory_without_template": fails("upper", SHAPE, "ef21", ("upper/lyapunov/1/symbols/0", "x - x-")),
    "memory_negative": fails(
        "upper", "V >= c measure: positive semidefinite", "ef21, alike, memory", ("upper/lyapunov/5/rows/0/0", "-1/64")
    ),
    "memory_weighted_up": fails("upper", DECREASE, "ef21, alike, memory", ("upper/lyapunov/5/rows/0/0", "1000000")),
    "slack_left_out": fails("upper", SHAPE, "ef21, memory and values", ("upper/values/1", ...)),
    "slack_weighted_up": fails(
        "upper", "V >= c measure: function values cancel", "ef21, memory and values", ("upper/values/1", "-1")
    ),
    "below_unknown": fails("upper", BELOW, "ef21, memory and values", ("upper/below/interpolation 0 above 3", ["1"])),
    "below_by_compression": fails("upper", BELOW, "ef21", ("upper/below", {"compression 0": ["0"]})),
    "below_of_second_type": fails(
        "upper", BELOW, "ef21, memory and values", ("upper/below/interpolation 0 above 1/1", "1")
    ),
    "below_of_no_type": fails("upper", BELOW, "ef21, memory and values", ("upper/below/interpolation 0 above 1", [])),
    "below_negative": fails(
        "upper",
        "below interpolation 0 above 1 >= 0",
        "ef21, memory and values",
        ("upper/below/interpolation 0 above 1/0", "-1"),
    ),
    "below_dropped": fails(
        "upper", "V >= c measure: function values cancel", "ef21, memory and values", ("upper/below", ...)
    ),
    "above_unknown": fails("upper", ABOVE, "ef, values", ("upper/above/interpolation 1 0", ["1"])),
    "above_by_compression": fails("upper", ABOVE, "ef", ("upper/above", {"compression 0": ["0"]})),
    "above_of_second_type": fails("upper", ABOVE, "ef, values", ("upper/above/interpolation 0 above 1/1", "1")),
    "above_negative": fails(
        "upper", "above interpolation 0 above 1 >= 0", "ef, values", ("upper/above/interpolation 0 above 1/0", "-1")
    ),
    "above_dropped": fails("upper", "C measure >= V: function values cancel", "ef, values", ("upper/above", ...)),
    "class_bound_template_unknown": fails("class_bound", TEMPLATE, "ef21", ("class_bound/template", "all")),
    "class_bound_template_with_values": fails(
        "class_bound", "the template has no function values", "ef21", ("class_bound/template", "memory, values")
    ),
    "class_bound_template_dropped": fails(
        "class_bound", "the symbols are those of the step", "ef21, alike, memory", ("class_bound/template", ...)
    ),
    "class_bound_template_added": fails(
        "class_bound", "Gram(z+) - rate Gram(z) >= 0: mean", "ef21", ("class_bound/template", "memory")
    ),
}
