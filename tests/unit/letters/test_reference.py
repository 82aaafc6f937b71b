import random

from sheetsdun.letters import reference


def test_new_ones_are_valid_and_not_taken():
    taken = set()
    for _ in range(100):
        taken.add(reference.new(random.Random(len(taken)), taken))
    assert len(taken) == 100
    assert all(map(reference.valid, taken))


def test_a_taken_one_is_not_given_again():
    first = reference.new(random.Random(1))
    assert reference.new(random.Random(1), {first}) != first


def test_found_in_what_people_write():
    text = "Re: your letter sd-7k3f9q (Ref. SD-7K3F9Q) and SD-BBBBBB., not XSD-CCCCCC or SD-DDDDDDD"
    assert reference.find(text) == ("SD-7K3F9Q", "SD-BBBBBB")


def test_nothing_but_a_reference_is_valid():
    assert not any(map(reference.valid, ["", "SD-7K3F9", "sd-7k3f9q", "SD-7K3F9Q\n", "SD-7K3F9Q x"]))
