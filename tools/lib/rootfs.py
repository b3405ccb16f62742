"""The root file system: staging it from a manifest, and making a romfs image of a folder."""

import os
import shutil
import subprocess
import sys


def add_file(source, staging, path, mode):
	"""Copy a file to `path` (relative to the guest's /) with its parents, replacing what is there."""
	target = os.path.join(staging, path)
	os.makedirs(os.path.dirname(target), exist_ok=True)
	if os.path.lexists(target):
		os.remove(target)
	shutil.copyfile(source, target)
	os.chmod(target, mode)


def make_image(staging, image):
	"""Run genromfs; the image appears whole or not at all."""
	partial = image + ".partial"
	subprocess.run(["genromfs", "-d", staging, "-f", partial, "-V", "sublet"], check=True)
	os.replace(partial, image)


def stage(manifest, static, staging):
	"""Make `staging` anew: the files under `static`, then the rows of the manifest.

	A row is `folder MODE PATH` or `file MODE PATH SOURCE`, PATH relative to the guest's /.
	"""
	shutil.rmtree(staging, ignore_errors=True)
	if os.path.isdir(static):
		shutil.copytree(static, staging, symlinks=True)
	with open(manifest, encoding="utf-8") as rows:
		for row in rows:
			kind, mode, rest = row.rstrip("\n").split(" ", 2)
			if kind == "folder":
				os.makedirs(os.path.join(staging, rest), int(mode, 8), exist_ok=True)
			else:
				path, source = rest.split(" ", 1)
				add_file(source, staging, path, int(mode, 8))


def main():
	manifest, static, staging, image = sys.argv[1:]
	stage(manifest, static, staging)
	make_image(staging, image)


if __name__ == "__main__":
	main()
